/** Refresh tokens, and consent that is taken back. */
import { expect, scenario } from "../../harness/index.ts";

const SECONDS = 1000;

scenario(
  "DA-19",
  {
    title: {
      ja: "使い終わったリフレッシュトークンと、同意が取り消された後のトークンは使えない",
      en: "a refresh token that was used, or whose consent was withdrawn, is good for nothing",
    },
    system: "digital-auth-app",
    source: "RFC 6749 5.2, 6, 10.4; RFC 9700 2.2.2, 4.14; RFC 6750 3.1",
    effect: "read-only",
    needs: ["lab"],
  },
  async ({ lab, systems, issueCard, step, note }) => {
    const platform = lab.digitalAuthApp;
    const service = await systems.service("試験市 電子申請");
    const { client } = service;
    const card = await issueCard();
    const invalid = { refusal: "invalid_grant" };

    await step({ ja: "更新は続けられる", en: "refreshed, and again" }, async () => {
      const first = await service.signIn(card, { attributes: ["name"] });
      const second = await client.refresh(first);
      const third = await client.refresh(second);
      expect(third.sub).toBe(first.sub);
      expect(JSON.stringify(third.claims) === JSON.stringify(first.claims)).toBe(true);
    });
    await step({ ja: "二度使うと、後継のトークンも失効", en: "used twice: all fall" }, async () => {
      const first = await service.signIn(card);
      const second = await client.refresh(first);
      await expect(client.refresh(first)).rejects.toMatchObject(invalid);
      await expect(client.refresh(second)).rejects.toMatchObject(invalid);
      note({ ja: "再利用の後", en: "after the second use" }, "invalid_grant");
    });
    await step({ ja: "同意の取消し", en: "consent withdrawn" }, async () => {
      const user = await service.signIn(card);
      const before = await client.refresh(user);
      await platform.withdrawConsent(service.clientId, user.sub);
      await expect(client.refresh(before)).rejects.toMatchObject(invalid);
      await expect(client.userinfo(before)).rejects.toMatchObject({ status: 401 });
    });
    await step({ ja: "他のサービスの同意は残る", en: "not with another service" }, async () => {
      const neighbour = await systems.service("試験町 電子申請");
      const theirs = await neighbour.signIn(card);
      const ours = await service.signIn(card);
      await platform.withdrawConsent(service.clientId, ours.sub);
      expect((await neighbour.client.refresh(theirs)).sub).toBe(theirs.sub);
    });
    await step({ ja: "期限の過ぎたトークン", en: "past its time" }, async () => {
      const user = await service.signIn(card);
      lab.clock.advance((platform.profile.rules.refreshTokenSeconds + 1) * SECONDS);
      await expect(client.refresh(user)).rejects.toMatchObject(invalid);
    });
    await step({ ja: "再びログインできる", en: "logged in again" }, async () => {
      expect((await service.signIn(card)).sub).toBeTruthy();
    });
  },
);
