/** What goes wrong between openid-client and an authorization server, in our own words. */
import {
  AuthorizationResponseError,
  ClientError,
  ResponseBodyError,
  WWWAuthenticateChallengeError,
} from "openid-client";
import { BenchError } from "../errors.ts";
import { PlatformError, protocolError } from "./platform-error.ts";

/** What the call gives. @throws PlatformError, or the BenchError that came of the exchange */
export async function asPlatformError<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw translate(error);
  }
}

function translate(error: unknown): Error {
  if (error instanceof BenchError) return error;
  if (error instanceof ResponseBodyError) {
    const { status, error: refusal } = error;
    const message = `the authorization server refused: ${refusal}`;
    return new PlatformError("PLATFORM_REFUSED", message, { status, refusal, cause: error });
  }
  if (error instanceof AuthorizationResponseError) {
    const { error: refusal, error_description: detail } = error;
    const message = `the platform sent the person back: ${refusal}`;
    return new PlatformError("PLATFORM_REFUSED", message, { refusal, detail, cause: error });
  }
  if (error instanceof WWWAuthenticateChallengeError) {
    const { status, cause } = error;
    const refusal = cause[0]?.parameters.error;
    const message = `the platform did not accept the access token: ${refusal ?? status}`;
    return new PlatformError("PLATFORM_REFUSED", message, { status, refusal, cause: error });
  }
  // openid-client wraps what its fetch throws.
  if (error instanceof ClientError && error.cause instanceof BenchError) return error.cause;
  return protocolError("the authorization server's answer is not OAuth", error);
}
