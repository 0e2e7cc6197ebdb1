/** What TypeScript's own libraries do not know. */

declare module "*.css" {
  /** The style sheet as text, made small by the build. */
  const css: string;
  export default css;
}

/** Safari's MediaSource for devices that must save power: https://www.w3.org/TR/media-source-2/ */
declare var ManagedMediaSource: typeof MediaSource | undefined;
