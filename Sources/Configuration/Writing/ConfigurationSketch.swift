public import AdapterKit
public import Domain

/// A first configuration, with every other key in comments.
public struct ConfigurationSketch: Sendable {
    /// What its backend is called.
    public var name: String
    /// Which API it speaks.
    public var kind: String
    /// Where it is.
    public var url: String
    /// The user, where the API wants one.
    public var user: String?
    /// Where the token or password comes from.
    public var secret: SecretSource
    /// What may be done to it.
    public var mode: BackendMode

    /// Describes a first configuration.
    public init(
        name: String, kind: String, url: String, user: String?, secret: SecretSource, mode: BackendMode
    ) {
        self.name = name
        self.kind = kind
        self.url = url
        self.user = user
        self.secret = secret
        self.mode = mode
    }

    /// The file.
    ///
    /// - Parameter authentication: how the kind of backend logs in.
    public func text(_ authentication: AdapterDescriptor.Authentication) -> String {
        let secretKey = authentication == .token ? "token" : "password"
        var given = [
            "name": TOMLText.quoted(name), "kind": TOMLText.quoted(kind), "url": TOMLText.quoted(url),
            secretKey: Self.text(secret),
        ]
        if let user { given["user"] = TOMLText.quoted(user) }
        if mode != .normal { given["mode"] = TOMLText.quoted(mode.rawValue) }
        let unused: Set<String> = authentication == .token ? ["user", "password"] : ["token", "basic"]
        var lines = [
            "# The configuration of nocturne. What stands behind a # is not in force: take the sign away to change it.",
            "# nocturne check says whether all is well; further servers are further [[backend]] tables.",
            "", "[[backend]]",
        ]
        lines += Self.lines(Schema.backend.filter { !unused.contains($0.key) }, given: given)
        for setting in Schema.backend where !unused.contains(setting.key) {
            guard case .section(let inner) = setting.type else { continue }
            lines += ["", "# \(setting.words)", "# [backend.\(setting.key)]"]
            lines += Self.lines(inner, given: [:])
        }
        for setting in Schema.file {
            guard case .section(let inner) = setting.type else { continue }
            lines += ["", "# \(setting.words)", "# [\(setting.key)]"]
            lines += Self.lines(inner, given: [:])
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The keys, each below what it is for: with its value where it is given, else in a comment.
    private static func lines(_ settings: [Setting], given: [String: String]) -> [String] {
        settings.flatMap { setting -> [String] in
            switch setting.type {
            case .section, .sections: return []
            default: break
            }
            if let value = given[setting.key] { return ["# \(setting.words)", "\(setting.key) = \(value)"] }
            let standard = setting.standard.map { "; without it: \($0)" } ?? ""
            return ["# \(setting.words)", "# \(setting.key) = \(setting.type.words)\(standard)"]
        }
    }

    private static func text(_ source: SecretSource) -> String {
        switch source {
        case .written(let secret): TOMLText.quoted(secret.exposed)
        case .environment(let name): "{ env = \(TOMLText.quoted(name)) }"
        case .file(let path): "{ file = \(TOMLText.quoted(path)) }"
        case .command(let words): "{ command = \(TOMLText.list(words)) }"
        }
    }
}
