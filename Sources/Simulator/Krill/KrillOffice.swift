internal import HTTP
import Synchronization

/// Who is logged in at a simulated Krill, and who is not let in any more.
///
/// Five refused passwords ban the address for ten minutes: every path then answers 403 (`banned`). More than
/// twenty logins in a minute are throttled with 429, right or wrong. A token that is refused bans nobody.
/// All three are inferred: that addresses are banned is known, but neither the count nor the words.
final class KrillOffice: Sendable {
    static let refusalsUntilBan = 5
    static let banLength = 600
    static let mostLoginsAMinute = 20

    private let release: KrillRelease
    private let tokens: Tokens
    private let noise: Noise
    private let state = Mutex(State())

    private struct Issued {
        let account: KrillAccount
        let kind: Kind
        let expires: Int
        var uses: Int?
    }

    enum Kind: String { case access, refresh }

    private struct State {
        var issued: [String: Issued] = [:]
        var order: [String] = []
        var serial = 0
        var refusals = 0
        var bannedUntil: Int?
        var logins: [Int] = []
    }

    init(_ release: KrillRelease, tokens: Tokens, noise: Noise) {
        self.release = release
        self.tokens = tokens
        self.noise = noise
    }

    // MARK: Who is not let in

    func isBanned(at now: Int) -> Bool {
        state.withLock { ($0.bannedUntil ?? now) > now }
    }

    /// Seconds until another login is looked at; nil when it is now.
    func throttle(at now: Int) -> Int? {
        state.withLock { state in
            state.logins.removeAll { $0 <= now - 60 }
            guard state.logins.count < Self.mostLoginsAMinute else {
                return (state.logins.first ?? now) + 60 - now
            }
            state.logins.append(now)
            return nil
        }
    }

    // MARK: Passwords

    /// Whose password it is; `isCounted` says that a wrong one counts towards the ban.
    func account(user: String, password: String, at now: Int, isCounted: Bool = true) -> KrillAccount? {
        let account = KrillAccount.all.first { $0.user == user && $0.password(tokens) == password }
        guard isCounted else { return account }
        state.withLock { state in
            guard account == nil else { return state.refusals = 0 }
            state.refusals += 1
            guard state.refusals >= Self.refusalsUntilBan else { return }
            state.refusals = 0
            state.bannedUntil = now + Self.banLength
        }
        return account
    }

    // MARK: Tokens

    func issue(_ kind: Kind, to account: KrillAccount, at now: Int) -> String {
        state.withLock { state in
            state.serial += 1
            let life = kind == .access ? release.accessLife : release.refreshLife
            let id = String(noise.bits(.words, state.serial, kind == .access ? 1 : 2), radix: 16)
            let claims =
                "{\"token_type\":\"\(kind.rawValue)\",\"exp\":\(now + life),\"iat\":\(now),"
                + "\"jti\":\"\(id)\(state.serial)\",\"user_id\":\(account.id)}"
            let signature = (0..<32).map { byte in
                UInt8(truncatingIfNeeded: noise.bits(.serial, state.serial, byte + 90))
            }
            let token =
                Self.url("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".utf8) + "." + Self.url(claims.utf8) + "."
                + Self.url(signature)
            state.issued[token] = Issued(
                account: account, kind: kind, expires: now + life,
                uses: kind == .access ? release.accessUses : nil)
            state.order.append(token)
            if state.order.count > 2_000 {
                for old in state.order.prefix(1_000) { state.issued[old] = nil }
                state.order.removeFirst(1_000)
            }
            return token
        }
    }

    /// Whose token it is, if it is good; `isUsed` counts the use.
    func holder(of token: String, _ kind: Kind, at now: Int, isUsed: Bool) -> KrillAccount? {
        state.withLock { state in
            guard var issued = state.issued[token], issued.kind == kind, issued.expires > now else {
                return nil
            }
            if isUsed, let uses = issued.uses {
                guard uses > 0 else { return nil }
                issued.uses = uses - 1
                state.issued[token] = issued
            }
            return issued.account
        }
    }

    private static func url(_ bytes: some Sequence<UInt8>) -> String {
        Base64.text(Array(bytes)).filter { $0 != "=" }.map { $0 == "+" ? "-" : $0 == "/" ? "_" : $0 }
            .reduce(into: "") { $0.append($1) }
    }
}
