import { describe, expect, it } from "vitest";
import { readUserAttributes, type UserAttribute } from "./user-attributes.ts";

const ALL = ["name", "address", "birthdate", "gender"] as const;

describe("4情報 of a userinfo answer", () => {
  it.each([
    {
      address: "東京都試験区１",
      birthdate: "1990-01-02",
      gender: "male",
    },
    {
      address: { formatted: "東京都試験区１" },
      birthdate: "19900102",
      gender: "1",
    },
  ])("are the same in every form they may come in: %j", (claims) => {
    const { known, missing } = readUserAttributes({ sub: "s", name: "試験　太郎", ...claims }, ALL);
    expect(known.reveal()).toEqual({
      name: "試験　太郎",
      address: "東京都試験区１",
      birthdate: "19900102",
      gender: "1",
    });
    expect(missing).toEqual([]);
  });

  it.each([
    ["female", "2"],
    ["other", "9"],
    ["unknown", "0"],
    ["9", "9"],
  ])("read the gender %s as %s", (gender, code) => {
    expect(readUserAttributes({ gender }, ["gender"]).known.reveal()).toEqual({ gender: code });
  });

  it("are missing, and not empty, where the person did not agree", () => {
    const { known, missing } = readUserAttributes({ sub: "s", name: "試験　太郎" }, ALL);
    expect(known.reveal()).toEqual({ name: "試験　太郎" });
    expect(missing).toEqual(["address", "birthdate", "gender"]);
  });

  it("leave out what was not asked for", () => {
    expect(readUserAttributes({ name: "試験　太郎" }, []).known.reveal()).toEqual({});
  });

  it.each<[UserAttribute, unknown]>([
    ["name", ""],
    ["name", { family: "試験" }],
    ["address", { locality: "試験区" }],
    ["address", null],
    ["birthdate", "平成2年1月2日"],
    ["birthdate", "1990-0102"],
    ["birthdate", 19900102],
    ["gender", "男"],
    ["gender", "constructor"],
    ["gender", 1],
  ])("are refused where a form is not known: %s %j", (name, claim) => {
    expect(() => readUserAttributes({ [name]: claim }, [name])).toThrow(
      expect.objectContaining({
        code: "PLATFORM_PROTOCOL",
        message: expect.stringContaining(name),
      }),
    );
  });
});
