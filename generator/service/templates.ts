/**
 * What the templates of a client are filled with. A {@link Literal} is a TypeScript string literal with its quotes; all
 * other texts are printed as they are: names, the escaped lines of a comment.
 */

/** A TypeScript string literal, quotes included. */
export type Literal = string;

/** An import of a whole module. */
export interface ImportTemplate {
  readonly from: Literal;
  readonly as: string;
}

/** An import of names of a module: `User`, `User as user$User`. */
export interface NamedImportTemplate {
  readonly from: Literal;
  readonly names: readonly string[];
}

/** `templates/operations.hbs`. */
export interface OperationsTemplate {
  /** `"../runtime/webex/index.js"` */
  readonly runtime: Literal;
  /** The interfaces that the operations have: `Operation`, `ListOperation`. */
  readonly operationTypes: readonly string[];
  /** The validators that operations bring. */
  readonly runtimeImports: readonly string[];
  readonly release: Literal;
  readonly typeImports: readonly ImportTemplate[];
  readonly descriptors: readonly NamedImportTemplate[];
  readonly operations: readonly {
    readonly exportName: string;
    /** The descriptor of the request. */
    readonly request: string;
    /** The descriptor of the response. */
    readonly response: string;
    /** The type of a request. */
    readonly requestType: string;
    /** The type of a response as read. */
    readonly responseType: string;
    readonly service: Literal;
    readonly name: Literal;
    readonly wireType: Literal;
    /** What validates a request; `false` where writing it looks at all that its schema says. */
    readonly validate: string;
    readonly safe: boolean;
    readonly list?: { readonly records: Literal; readonly counters?: Literal; readonly control?: Literal };
    readonly deprecated?: Literal;
    readonly doc: readonly string[];
  }[];
}

/** `templates/client.hbs`. */
export interface ClientTemplate {
  readonly runtime: Literal;
  /** Specifiers of the modules beside it. */
  readonly operations: Literal;
  readonly exceptions: Literal;
  readonly additions: Literal;
  readonly release: Literal;
  /** `Webex Meetings XML API 1.2.3` */
  readonly title: string;
  readonly example?: {
    readonly specifier: Literal;
    readonly service: string;
    readonly method: string;
    /** TypeScript, as in `Service.example`. */
    readonly request: string;
  };
  readonly typeImports: readonly ImportTemplate[];
  /** Whether some operation answers a list. */
  readonly lists: boolean;
  /** Whether some operation does not. */
  readonly singles: boolean;
  readonly services: readonly {
    /** The property of the client; must differ from `call`, `exchange`, `checkVersion` and `connection`. */
    readonly property: string;
    /** `UserService` */
    readonly interfaceName: string;
    readonly doc: readonly string[];
    readonly operations: readonly {
      readonly property: string;
      readonly exportName: string;
      readonly request: string;
      readonly responseType: string;
      /** The member that repeats, for a list. */
      readonly records?: Literal;
      readonly doc: readonly string[];
    }[];
  }[];
}

/** `templates/exceptions.hbs`. */
export interface ExceptionsTemplate {
  readonly runtime: Literal;
  readonly exceptions: readonly {
    readonly code: Literal;
    readonly reason?: Literal;
    readonly meaning: Literal;
    readonly operations?: readonly Literal[];
    readonly release?: Literal;
  }[];
}

/** `templates/additions.hbs`. */
export interface AdditionsTemplate {
  readonly runtime: Literal;
  readonly additions: readonly {
    readonly release: Literal;
    readonly operations: readonly Literal[];
    readonly path?: Literal;
  }[];
}
