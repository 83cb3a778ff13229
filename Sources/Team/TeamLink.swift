internal import CLinux
internal import CPQ
internal import Glibc

/// A connection to the database, used by one thread; it waits, but never longer than it is told.
package final class TeamLink {
    /// A value of a statement.
    package enum Value {
        case text(String)
        case bytes([UInt8])
        case whole(Int64)
        case number(Double)
    }

    /// Seconds that a statement may take.
    package static let patience = 2.0

    private let connection: OpaquePointer
    /// Notifications that came along with an answer, and who sent them.
    private var heard: [(text: String, sender: Int32)] = []

    private init(_ connection: OpaquePointer) { self.connection = connection }

    deinit { cpq_close(connection) }

    /// Connects, within so many seconds.
    package static func connect(
        _ parameters: [(String, String)], within seconds: Double
    ) throws(TeamError) -> TeamLink {
        if let words = cpq_load() {
            throw TeamError(
                .noLibrary,
                "PostgreSQL's client library is not installed (on Debian the package libpq5): "
                    + TeamError.line(String(cString: words)))
        }
        let keywords = parameters.map { strdup($0.0) }
        let values = parameters.map { strdup($0.1) }
        defer { for text in keywords + values { free(text) } }
        let names = keywords.map { UnsafePointer<CChar>($0) } + [nil]
        let texts = values.map { UnsafePointer<CChar>($0) } + [nil]
        guard let connection = cpq_start(names, texts) else { throw TeamError(.unavailable, "no memory") }
        let link = TeamLink(connection)
        let end = clinux_boot_nanoseconds() + Int64(seconds * 1e9)
        var step = cpq_wants_write
        while step != cpq_made {
            if cpq_is_broken(connection) != 0 { throw link.problem() }
            guard link.wait(until: end, writing: step == cpq_wants_write) else {
                throw TeamError(.unavailable, "the database does not answer")
            }
            step = cpq_step(connection)
            if step == cpq_failed { throw link.problem() }
        }
        return link
    }

    /// As in 150004.
    package var serverVersion: Int { Int(cpq_server_version(connection)) }

    /// Runs one statement and gives its rows.
    @discardableResult
    package func run(
        _ statement: String, _ values: [Value] = [], within seconds: Double = patience
    ) throws(TeamError) -> [Row] {
        let encoded = values.map(Self.encoded)
        let sent = Self.withValues(encoded) { values in
            cpq_send(connection, statement, values.baseAddress, Int32(values.count))
        }
        guard sent != 0 else { throw problem() }
        return try finish(within: seconds)
    }

    /// Runs several statements without values, all of them or none.
    package func runAll(_ statements: String, within seconds: Double = 30) throws(TeamError) {
        guard cpq_send_all(connection, statements) != 0 else { throw problem() }
        _ = try finish(within: seconds)
    }

    /// Takes what has arrived; the notifications with who sent them.
    func notifications() throws(TeamError) -> [(text: String, sender: Int32)] {
        guard cpq_take_input(connection) != 0 else { throw problem() }
        collect()
        defer { heard = [] }
        return heard
    }

    /// Waits until the database has something to say, a bell rings, or a moment has come.
    ///
    /// What it said together with an answer has left the socket already, and is not waited for.
    func waitForNews(or bell: Int32, until moment: Int64) {
        collect()
        guard heard.isEmpty else { return }
        let sources = [cpq_socket(connection), bell]
        _ = clinux_wait(sources, Int32(sources.count), max(0, moment - clinux_boot_nanoseconds()))
    }

    private func collect() {
        var text = [CChar](repeating: 0, count: 256)
        var sender: Int32 = 0
        while cpq_notification(connection, &text, Int32(text.count), &sender) != 0 {
            let bytes = text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
            heard.append((String(decoding: bytes, as: UTF8.self), sender))
        }
    }

    private func finish(within seconds: Double) throws(TeamError) -> [Row] {
        let end = clinux_boot_nanoseconds() + Int64(seconds * 1e9)
        while true {
            let left = cpq_flush(connection)
            if left < 0 { throw problem() }
            if left == 0 { break }
            guard wait(until: end, writing: true) else { throw Self.slow }
            guard cpq_take_input(connection) != 0 else { throw problem() }
        }
        var rows: [Row] = []
        var failure: TeamError?
        while true {
            while cpq_is_busy(connection) != 0 {
                guard wait(until: end, writing: false) else { throw Self.slow }
                guard cpq_take_input(connection) != 0 else { throw problem() }
            }
            guard let result = cpq_next(connection) else { break }
            defer { cpq_free(result) }
            if cpq_is_fine(result) == 0 {
                if cpq_is_broken(connection) != 0 { throw problem() }
                failure = .answer(
                    String(cString: cpq_state(result)), String(cString: cpq_result_problem(result)))
                continue
            }
            for row in 0..<cpq_rows(result) { rows.append(Row(result, row)) }
        }
        if let failure { throw failure }
        return rows
    }

    private static let slow = TeamError(.unavailable, "the database answers too slowly")

    private func problem() -> TeamError {
        TeamError(.unavailable, TeamError.line(String(cString: cpq_problem(connection))))
    }

    /// Waits until the connection can be read, or written too; false when the time is over.
    private func wait(until end: Int64, writing: Bool) -> Bool {
        while true {
            let left = end - clinux_boot_nanoseconds()
            guard left > 0 else { return false }
            var one = pollfd(
                fd: cpq_socket(connection), events: Int16(POLLIN | (writing ? POLLOUT : 0)), revents: 0)
            let count = poll(&one, 1, Int32(min(left / 1_000_000 + 1, 60_000)))
            if count > 0 { return true }
            if count < 0, errno != EINTR { return false }
        }
    }

    private static func encoded(_ value: Value) -> (bytes: [UInt8], isBinary: Bool) {
        switch value {
        case .text(let text): (Array(text.utf8.filter { $0 != 0 }) + [0], false)
        case .whole(let number): (Array(String(number).utf8) + [0], false)
        case .number(let number): (Array(number.description.utf8) + [0], false)
        case .bytes(let bytes): (bytes + [0], true)
        }
    }

    private static func withValues<Result>(
        _ values: [(bytes: [UInt8], isBinary: Bool)], _ body: (UnsafeBufferPointer<cpq_value>) -> Result
    ) -> Result {
        var made: [cpq_value] = []
        func next(_ place: Int) -> Result {
            guard place < values.count else { return made.withUnsafeBufferPointer(body) }
            return values[place].bytes.withUnsafeBufferPointer { bytes in
                made.append(
                    cpq_value(
                        bytes: bytes.baseAddress, count: Int32(bytes.count - 1),
                        is_binary: values[place].isBinary ? 1 : 0))
                return next(place + 1)
            }
        }
        return next(0)
    }
}

/// A row of an answer, as values that know what they were made as.
package struct Row {
    private let values: [[UInt8]?]

    init(_ result: OpaquePointer, _ row: Int32) {
        values = (0..<cpq_columns(result)).map { column in
            guard cpq_is_null(result, row, column) == 0 else { return nil }
            var count: Int32 = 0
            let start = cpq_bytes(result, row, column, &count)
            return Array(UnsafeBufferPointer(start: start, count: Int(count)))
        }
    }

    /// A `bytea`.
    package func bytes(_ column: Int) -> [UInt8]? { values.indices.contains(column) ? values[column] : nil }
    /// A `text`.
    package func text(_ column: Int) -> String {
        bytes(column).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }
    /// A `boolean`.
    package func flag(_ column: Int) -> Bool { bytes(column)?.first == 1 }
    /// A `bigint` or `integer`.
    package func whole(_ column: Int) -> Int64 {
        guard let bytes = bytes(column) else { return 0 }
        let bits = bytes.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return bytes.count == 4
            ? Int64(Int32(bitPattern: UInt32(truncatingIfNeeded: bits))) : Int64(bitPattern: bits)
    }
    /// Whether there is no value.
    package func isNull(_ column: Int) -> Bool { bytes(column) == nil }
    /// A `double precision` that counts seconds; nil for NULL and what is no number, and a century at most.
    ///
    /// Whoever may write to the database must not be able to end a process that reads it.
    package func number(_ column: Int) -> Double? {
        guard let bytes = bytes(column) else { return nil }
        let number = Double(bitPattern: bytes.reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
        return number.isFinite ? min(max(number, -Self.longest), Self.longest) : nil
    }

    private static let longest = 3.2e9
}
