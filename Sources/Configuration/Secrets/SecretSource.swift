public import AdapterKit

/// Where a secret comes from; the secret itself is fetched only when it is needed.
public enum SecretSource: Sendable, Hashable {
    /// It stands in the configuration, which nobody else can read then.
    case written(Secret)
    /// A variable of the environment.
    case environment(String)
    /// A file that nobody else can read; an absolute path.
    case file(String)
    /// What a program prints, without one line break at its end.
    case command([String])

    /// What it is, for complaints: never the secret.
    public var words: String {
        switch self {
        case .written: "the configuration"
        case .environment(let name): "the variable \(name)"
        case .file(let path): path
        case .command(let arguments): "the command \(arguments.first ?? "")"
        }
    }
}
