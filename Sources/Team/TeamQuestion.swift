/// What a read asks the store for.
struct TeamQuestion: Sendable {
    /// The request, by its name in the store.
    let key: RequestKey
    /// How old the answer may be, in seconds: less than this.
    let age: Double
    /// The interval of the list that it is for, in seconds.
    let interval: Double
    /// Seconds that who only reads waits for somebody who shares, while nobody fetches it.
    let grace: Double
}

/// What the store says to it.
enum TeamReply: Sendable {
    /// Somebody's answer.
    case answer(SharedAnswerRow)
    /// There is none, and this process is the one to fetch it; the others wait for it.
    case fetch
    /// There is none, and nobody is waited for any more: this process fetches it for itself.
    ///
    /// - Parameters:
    ///   - within: seconds within which to begin, at a moment of its own, so that not all of a team begin at once.
    ///   - keeps: whether the store would take the answer nevertheless.
    case alone(within: Double, keeps: Bool)
}

/// An answer as it lies in the store.
struct SharedAnswerRow: Sendable {
    /// Seconds since whoever fetched it began to.
    var age: Double
    /// Seconds since it was stored.
    var lag: Double
    var status: Int
    var mediaType: String
    var body: [UInt8]
    /// When it was asked for, in the database's seconds.
    var moment: Double
}

/// An answer to be stored.
struct KeptAnswer: Sendable {
    let key: RequestKey
    /// Seconds for which it is of use.
    let interval: Double
    /// The moment of the boot-time clock at which it was asked for, in nanoseconds.
    let askedAt: Int64
    let list: String
    /// Whether it is the first answer of a refresh, so that others refresh too.
    let isFirst: Bool
    let status: Int
    let mediaType: String
    let body: [UInt8]
}

/// The name of a request in the store: the same for all who ask the same as the same account.
struct RequestKey: Sendable, Hashable {
    /// Where the server is, and what kind it is.
    let server: String
    /// The identity of the account.
    let account: String
    /// Method, path and query.
    let request: String
    /// 32 hexadecimal digits.
    let text: String
    /// The number that PostgreSQL locks it by.
    let lock: Int64

    init(server: String, account: String, request: String) {
        self.server = server
        self.account = account
        self.request = request
        let digest = SHA256.digest(Array("\(server)\n\(account)\n\(request)".utf8))
        text = Array(digest.prefix(16)).hex
        lock = digest.prefix(8).reduce(Int64(0)) { $0 << 8 | Int64($1) }
    }
}
