/** Nobody listens there: browsers and displays are looked at where they are sent back. */
export const REDIRECT_URI = "http://127.0.0.1:1/callback";
