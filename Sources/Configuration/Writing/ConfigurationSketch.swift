public import AdapterKit
public import Domain

/// A first configuration: some backends, and every other key in a comment.
///
/// A line that begins with `#` and no space is a setting: it is valid without the `#`, and all of them are together.
public struct ConfigurationSketch: Sendable {
    /// One server.
    public struct Backend: Sendable {
        /// What it is called.
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

        /// Describes a server.
        public init(
            name: String, kind: String, url: String, user: String?, secret: SecretSource,
            mode: BackendMode = .normal
        ) {
            self.name = name
            self.kind = kind
            self.url = url
            self.user = user
            self.secret = secret
            self.mode = mode
        }
    }

    /// The servers in order.
    public var backends: [Backend]

    /// Describes a first configuration.
    public init(_ backends: [Backend]) { self.backends = backends }

    /// The file.
    ///
    /// - Parameter authentication: how a kind of backend logs in.
    public func text(_ authentication: (String) -> AdapterDescriptor.Authentication) -> String {
        var lines = [
            "# The configuration of nocturne. Lines that begin with # and no space are settings with their",
            "# default or an example: remove the # to use one. nocturne check verifies the file.",
        ]
        for (place, backend) in backends.enumerated() {
            lines += ["", "[[backend]]"]
            // The first has every key in comments; the others would only repeat them.
            lines += Self.lines(of: backend, authentication(backend.kind), isFirst: place == 0)
        }
        for setting in Schema.file {
            guard case .section(let inner) = setting.type else { continue }
            lines += ["", "# \(setting.words)", "#[\(setting.key)]"]
            lines += Self.lines(inner, given: [:])
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func lines(
        of backend: Backend, _ authentication: AdapterDescriptor.Authentication, isFirst: Bool
    ) -> [String] {
        let secretKey = authentication == .token ? "token" : "password"
        var given = [
            "name": TOMLText.quoted(backend.name), "kind": TOMLText.quoted(backend.kind),
            "url": TOMLText.quoted(backend.url), secretKey: text(backend.secret),
        ]
        if let user = backend.user { given["user"] = TOMLText.quoted(user) }
        if backend.mode != .normal { given["mode"] = TOMLText.quoted(backend.mode.rawValue) }
        guard isFirst else {
            return Schema.backend.compactMap { setting in given[setting.key].map { "\(setting.key) = \($0)" }
            }
        }
        let unused: Set<String> =
            authentication == .token ? ["adapter", "user", "password"] : ["adapter", "token", "basic"]
        let settings = Schema.backend.filter { !unused.contains($0.key) }
        var lines = lines(settings, given: given)
        for setting in settings {
            guard case .section(let inner) = setting.type else { continue }
            lines += ["", "# \(setting.words)", "#[backend.\(setting.key)]"]
            lines += Self.lines(inner, given: [:])
        }
        return lines
    }

    /// The keys, each below what it is for: with its value where it is given, else in a comment.
    private static func lines(_ settings: [Setting], given: [String: String]) -> [String] {
        settings.flatMap { setting -> [String] in
            switch setting.type {
            case .section, .sections: return []
            default: break
            }
            if let value = given[setting.key] { return ["# \(setting.words)", "\(setting.key) = \(value)"] }
            if let value = setting.literal { return ["# \(setting.words)", "#\(setting.key) = \(value)"] }
            let standard = setting.standard.map { "default: \($0)" } ?? "not set by default"
            return ["# \(setting.words) (\(standard); an example:)", "#\(setting.key) = \(setting.example)"]
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

extension Setting {
    /// The default as TOML; nil where it is none that can be written, such as what the environment says.
    var literal: String? {
        guard let standard else { return nil }
        switch type {
        case .flag, .whole: return standard
        case .seconds: return Duration.seconds(standard).map { _ in TOMLText.quoted(standard) }
        case .choice, .text, .bytes: return TOMLText.quoted(standard)
        default: return nil
        }
    }

    /// A value that the key could have, as TOML.
    var example: String {
        switch (key, type) {
        case ("timezone", _): "\"+01:00\""
        case ("proxy", _): "\"http://proxy.example.net:3128\""
        case ("pin", _): "\"sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\""
        case ("user", _): "\"noc\""
        case ("url", _): "\"postgresql://noc@db.example.net/nocturne\""
        case ("shared", _): "\"/var/log/nocturne/audit.jsonl\""
        case ("key", _): "\"/etc/nocturne/client.key\""
        case (_, .path): "\"/etc/nocturne/\(key).pem\""
        case (_, .seconds): "\"5m\""
        case (_, .bytes): "\"200MB\""
        case (_, .flag): "false"
        case (_, .whole(let range)): "\(range.lowerBound)"
        case (_, .secret), (_, .account): "{ env = \"\(key.uppercased())\" }"
        case (_, .program): "[\"xdg-open\"]"
        case (_, .map(.secret)): "{ \"X-Access\" = { env = \"NMS_ACCESS\" } }"
        case (_, .map): "{ device = \"5m\" }"
        default: "\"\""
        }
    }
}
