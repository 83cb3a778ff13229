public import AdapterKit
public import HTTP
internal import Synchronization

/// Who reads at a server, by an identity from which no secret can be found.
///
/// What two accounts may see differs, so that nothing is shared between them. Where there is a user's name, that is the
/// identity. A token says none, and a plain digest of one could be guessed at; so it is stretched with the salt of
/// the team, which makes each guess cost ten thousand, and one that is short enough to be guessed even so is not shared
/// at all. The digest is cut to 64 bits: enough to tell accounts apart.
public final class TeamAccount: Sendable {
    /// The least length of a token that can't be guessed.
    static let leastLength = 20
    private static let rounds = 10_000

    private let name: String
    private let secrets: [Secret]
    private let isGuessable: Bool
    private let known = Mutex<(salt: [UInt8], identity: String)?>(nil)

    /// Describes an account.
    ///
    /// - Parameters:
    ///   - user: the name, where the server has one.
    ///   - token: the token, where that is all that says who reads.
    ///   - headers: what every request carries for something that stands before the API; it may decide too.
    public init(user: String?, token: Secret?, headers: [Header] = []) {
        var names = [user].compactMap(\.self)
        var secrets: [Secret] = [token].compactMap(\.self)
        for header in headers {
            let name = header.name.lowercased()
            if name == "authorization", let account = Self.basicUser(header.value) {
                names.append("basic \(account)")
            } else {
                names.append(name)
                secrets.append(Secret(header.value))
            }
        }
        self.name = names.joined(separator: " ")
        self.secrets = secrets
        hasSecret = user != nil || !secrets.isEmpty || !names.isEmpty
        isGuessable = secrets.contains { $0.exposed.utf8.count < Self.leastLength }
    }

    /// The identity by a team's salt; nil for an account whose secret could be guessed from it.
    package func identity(_ salt: [UInt8]) -> String? {
        guard !isGuessable else { return nil }
        guard !secrets.isEmpty else { return name.isEmpty ? "anonymous" : "user \(name)" }
        // Within the lock: who comes meanwhile waits for the same.
        return known.withLock { known in
            if let known, known.salt == salt { return known.identity }
            let joined: [UInt8] = secrets.flatMap { secret -> [UInt8] in Array(secret.exposed.utf8) + [0] }
            let digest = SHA256.stretched(joined, salt: salt, rounds: Self.rounds)
            let identity = (name.isEmpty ? "token " : "user \(name) token ") + Array(digest.prefix(8)).hex
            known = (salt, identity)
            return identity
        }
    }

    /// Whether the server asks for anything secret.
    let hasSecret: Bool

    /// Whether its reads can be shared at all.
    public var isShareable: Bool { !isGuessable }

    /// The user of HTTP Basic.
    private static func basicUser(_ value: String) -> String? {
        guard value.hasPrefix("Basic "), let pair = Base64.bytes(urlSafe: value.dropFirst(6)) else {
            return nil
        }
        return String(decoding: pair.prefix { $0 != UInt8(ascii: ":") }, as: UTF8.self)
    }
}
