/** Lambda's quota for a package with its layers, unzipped. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
export const mostUnzipped = 262_144_000;

/** What Lambda gets as a function's code, as far as it can be seen from here. */
export type DeploymentPackage =
  | FilesPackage
  | {readonly kind: 'archive'; readonly compressedBytes: number; readonly files?: readonly PackagedFile[]}
  | {readonly kind: 'inline'; readonly bytes: number}
  | {readonly kind: 'image'}
  | {readonly kind: 'unknown'; readonly reason: string};

interface FilesPackage {
  readonly kind: 'files';
  readonly path: string;
  readonly files: readonly PackagedFile[];
  /** Absent where nobody has zipped it. */
  readonly compressedBytes?: number;
  /** Of a bundle: the packages and files that it is made of, the largest first. */
  readonly parts?: readonly PackagePart[];
}

export interface PackagePart {
  readonly name: string;
  /** Unzipped. */
  readonly bytes: number;
}

export interface PackagedFile {
  /** POSIX path inside the package. */
  readonly path: string;
  readonly bytes: number;
  /** In an archive. */
  readonly compressedBytes?: number;
  /** Of a program or a native module whose header was read: `linux arm64`, `macOS x64`. */
  readonly machine?: string;
}

/** A version of a layer whose archive was read. */
export interface LayerPackage {
  readonly arn: string;
  readonly files: readonly PackagedFile[];
}

/** Unzipped size, where the files can be seen. */
export function unzippedBytes(files: readonly PackagedFile[]): number {
  return files.reduce((sum, file) => sum + file.bytes, 0);
}
