/** What the server writes before the script. */
declare const SHELL: Readonly<{
  /** Hash of the contents of all files. */
  version: string;
  /** Addresses of the pages and their parts, within the service; none where it is private. */
  files: readonly string[];
}>;
