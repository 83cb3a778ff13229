internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

/// How requests say who asks; kept in memory alone.
struct Session: Sendable {
    /// What is sent as `Authorization`.
    let authorization: Secret
    /// What a new access token is asked for with; nil where there is none.
    let refresh: Secret?
    /// From then on a new one is to be had first; nil lasts.
    var renewAt: Timestamp?
    /// When the server stops to accept it; nil lasts.
    let endsAt: Timestamp?
    /// Tells a session from the one before it.
    let number: Int

    /// A session by a token of the login.
    static func bearer(_ token: String, refresh: String?, now: Timestamp, number: Int) -> Session {
        let life = JSONWebToken.life(of: token, now: now)
        return Session(
            authorization: Secret("Bearer \(token)"), refresh: refresh.map { Secret($0) },
            renewAt: Timestamp(now.seconds + life - min(60, life / 4)),
            endsAt: Timestamp(now.seconds + life), number: number)
    }

    /// User and password with every request, for servers without a login.
    static func basic(user: String, password: Secret, number: Int) -> Session {
        let pair = Base64.text(Array("\(user):\(password.exposed)".utf8))
        return Session(
            authorization: Secret("Basic \(pair)"), refresh: nil, renewAt: nil, endsAt: nil, number: number)
    }
}

/// What a token says of itself.
enum JSONWebToken {
    /// A token that says nothing is good for less than the shortest that is usual, five minutes.
    private static let assumedLife: Int64 = 240

    /// Seconds that a token is good for from now: between its own two times, so that no clock has to be right.
    static func life(of token: String, now: Timestamp) -> Int64 {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let bytes = Base64.bytes(urlSafe: parts[1]),
            let claims = try? JSONDocument(bytes).root, let end = claims["exp"]?.int64
        else { return assumedLife }
        let life = end &- (claims["iat"]?.int64 ?? now.seconds)
        return min(max(life, 1), 366 * 86_400)
    }
}
