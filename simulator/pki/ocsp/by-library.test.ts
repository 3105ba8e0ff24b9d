// Requests and answers are written and read by hand for speed; here pkijs looks over the shoulder.
import { BitString, Integer, Null, OctetString } from "asn1js";
import fc from "fast-check";
import {
  AlgorithmIdentifier,
  BasicOCSPResponse,
  CertID,
  Extension,
  GeneralName,
  OCSPRequest,
  OCSPResponse,
  RelativeDistinguishedNames,
  Request,
  Signature,
} from "pkijs";
import { beforeAll, describe, expect, it } from "vitest";
import { SimulatorError } from "../../errors.ts";
import { toHex } from "../../iso7816/index.ts";
import { REASON_CODE } from "../authority/revocation.ts";
import { caName } from "../certificate/names.ts";
import { decode, encode } from "../der/asn1.ts";
import { OID } from "../der/oids.ts";
import type { JpkiService } from "../service/service.ts";
import type { RevocationReason } from "../status.ts";
import { AUTH_CA, MORNING, testService } from "../testing/world.ts";
import { certIdOf, parseOcspRequest } from "./request.ts";
import { makeOcspResponse, type SingleAnswer } from "./response.ts";

let jpki: JpkiService;
beforeAll(async () => {
  ({ jpki } = await testService());
});

const bytes = (minLength: number, maxLength: number) => fc.uint8Array({ minLength, maxLength });

/** A request as a library builds it, with everything RFC 6960 allows in it. */
function requestByPkijs(serials: bigint[], nonce: Uint8Array, full: boolean): Uint8Array {
  const request = new OCSPRequest();
  request.tbsRequest.requestList = serials.map((serial) => {
    const reqCert = new CertID({
      hashAlgorithm: new AlgorithmIdentifier({
        algorithmId: OID.sha256,
        ...(full && { algorithmParams: new Null() }),
      }),
      issuerNameHash: new OctetString({ valueHex: new Uint8Array(32).fill(1) }),
      issuerKeyHash: new OctetString({ valueHex: new Uint8Array(32).fill(2) }),
      serialNumber: Integer.fromBigInt(serial),
    });
    const other = new Extension({ extnID: "1.2.3", extnValue: new Null().toBER() });
    return new Request(full ? { reqCert, singleRequestExtensions: [other] } : { reqCert });
  });
  const extension = new Extension({
    extnID: OID.ocspNonce,
    extnValue: new OctetString({ valueHex: nonce }).toBER(),
  });
  const critical = new Extension({
    extnID: "1.2.3",
    critical: true,
    extnValue: new Null().toBER(),
  });
  request.tbsRequest.requestExtensions = full ? [critical, extension] : [extension];
  if (full) {
    const name = new RelativeDistinguishedNames({ schema: decode(caName(AUTH_CA)) });
    request.tbsRequest.requestorName = new GeneralName({ type: 4, value: name });
    request.optionalSignature = new Signature({
      signatureAlgorithm: new AlgorithmIdentifier({ algorithmId: OID.sha256WithRsa }),
      signature: new BitString({ valueHex: new Uint8Array(4) }),
    });
  }
  return encode(request.toSchema(true));
}

describe("a request read by hand", () => {
  it("is read as pkijs wrote it, whatever else is in it", () => {
    const serials = fc.array(fc.bigInt({ min: 0n, max: 1n << 64n }), {
      minLength: 1,
      maxLength: 5,
    });
    fc.assert(
      fc.property(serials, bytes(1, 128), fc.boolean(), (list, nonce, full) => {
        const request = parseOcspRequest(requestByPkijs(list, nonce, full));
        expect(request.ids.map(({ serial }) => serial)).toEqual(list);
        expect(request.ids[0]).toMatchObject({
          algorithm: OID.sha256,
          issuerNameHash: new Uint8Array(32).fill(1),
          issuerKeyHash: new Uint8Array(32).fill(2),
        });
        expect(request.nonce).toEqual(nonce);
        const der = request.ids[0]?.der ?? new Uint8Array(0);
        expect(new CertID({ schema: decode(der) }).serialNumber.toBigInt()).toBe(list[0]);
      }),
    );
  });

  it("is refused in one way only when it is damaged", () => {
    const whole = requestByPkijs([1n, 2n], new Uint8Array(16), true);
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), (place, change) => {
        try {
          parseOcspRequest(whole.with(place, (whole[place] ?? 0) ^ change));
        } catch (error) {
          expect(error).toBeInstanceOf(SimulatorError);
        }
      }),
      { numRuns: 1000 },
    );
    for (let length = 0; length < whole.length; length += 1) {
      expect(() => parseOcspRequest(whole.subarray(0, length))).toThrow(
        expect.objectContaining({ code: "PKI_INVALID" }),
      );
    }
  });
});

describe("an answer written by hand", () => {
  const reasons = Object.keys(REASON_CODE) as RevocationReason[];
  const date = fc
    .date({ min: new Date("2000-01-01"), max: new Date("2099-12-31"), noInvalidDate: true })
    .map((one) => new Date(Math.floor(one.getTime() / 1000) * 1000));
  const status = fc.oneof(
    fc.constantFrom("good" as const, "unknown" as const),
    fc.record({ reason: fc.constantFrom(...reasons), revokedAt: date }),
  );

  it("is byte for byte what pkijs writes for the same values", async () => {
    const { authority } = jpki.auth;
    const single = fc.record({ status, thisUpdate: date, nextUpdate: date, serial: fc.nat() });
    await fc.assert(
      fc.asyncProperty(
        fc.array(single, { minLength: 1, maxLength: 4 }),
        fc.option(bytes(1, 128), { nil: undefined }),
        async (list, nonce) => {
          const singles: SingleAnswer[] = list.map(({ serial, ...rest }) => ({
            ...rest,
            id: certIdOf(BigInt(serial), authority.certificate, "sha256"),
          }));
          const der = await makeOcspResponse({
            responder: authority.responder,
            producedAt: MORNING,
            singles,
            ...(nonce && { nonce }),
          });

          const outer = new OCSPResponse({ schema: decode(der) });
          expect(toHex(encode(outer.toSchema()))).toBe(toHex(der));
          const inner = outer.responseBytes?.response.valueBlock.valueHexView ?? new Uint8Array(0);
          const basic = new BasicOCSPResponse({ schema: decode(inner) });
          expect(toHex(encode(basic.toSchema()))).toBe(toHex(inner));
          const { tbsResponseData } = basic;
          expect(toHex(encode(tbsResponseData.toSchema(true)))).toBe(
            toHex(tbsResponseData.tbsView),
          );
        },
      ),
      { numRuns: 30 },
    );
  });
});
