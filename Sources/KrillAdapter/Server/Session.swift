internal import AdapterKit
internal import Domain
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

/// Base64 as HTTP Basic and tokens have it.
enum Base64 {
    private static let alphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// The text of some bytes, padded.
    static func text(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let chunk = bytes[start..<min(start + 3, bytes.count)]
            let bits = chunk.reduce(0) { $0 << 8 | UInt32($1) } << UInt32(8 * (3 - chunk.count))
            for place in 0..<4 {
                let isFilled = place <= chunk.count
                let index = Int(bits >> UInt32(18 - 6 * place) & 63)
                text.append(isFilled ? alphabet[index] : UInt8(ascii: "="))
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The bytes of a text in the alphabet of tokens, without padding; nil for anything else.
    static func bytes(urlSafe text: some StringProtocol) -> [UInt8]? {
        var bytes: [UInt8] = []
        var bits: UInt32 = 0
        var count = 0
        for letter in text.utf8 where letter != UInt8(ascii: "=") {
            let plain = letter == UInt8(ascii: "-") ? UInt8(ascii: "+") : letter
            let usual = plain == UInt8(ascii: "_") ? UInt8(ascii: "/") : plain
            guard let value = alphabet.firstIndex(of: usual) else { return nil }
            bits = bits << 6 | UInt32(value)
            count += 6
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
            }
        }
        return bytes
    }
}
