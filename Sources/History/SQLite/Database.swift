internal import CLinux
internal import CSQLite
internal import Glibc

/// One value of a statement.
enum Cell {
    case integer(Int64)
    case text(String)
    case bytes([UInt8])
    case null

    /// A number, or nothing.
    static func number(_ value: Int64?) -> Cell { value.map { .integer($0) } ?? .null }
}

/// An open file of SQLite.
///
/// Only the store that holds it uses it, one thread at a time behind the store's lock.
final class Database: @unchecked Sendable {  // behind the lock of the store that made it
    let path: String
    private let handle: OpaquePointer
    private var statements: [String: OpaquePointer] = [:]
    private var isClosed = false
    /// Which file it is, wherever that is moved.
    let file: FileIdentity?

    /// Opens a file, which is made when it is not there and may be.
    ///
    /// - Parameter patience: milliseconds that another process that writes is waited for.
    init(_ path: String, creates: Bool, patience: Int32 = 2_000) throws(HistoryError) {
        self.path = path
        // Before it is opened: what is there afterwards may be another one.
        let found = FileIdentity(path)
        var made: OpaquePointer?
        let code = csqlite_open(path, creates ? 1 : 0, patience, &made)
        guard code == CSQLITE_OK, let made else {
            csqlite_close(made, 0)
            throw .sqlite(Int32(code), path)
        }
        handle = made
        file = found ?? FileIdentity(path)
    }

    deinit { if !isClosed { csqlite_close(handle, 0) } }

    /// Runs statements that give no rows.
    func run(_ statements: String) throws(HistoryError) {
        let code = csqlite_run(handle, statements)
        guard code == CSQLITE_OK else { throw .sqlite(Int32(code), path) }
    }

    /// Runs a statement and looks at its rows until the body has enough.
    func each(
        _ text: String, _ values: [Cell] = [], _ body: (borrowing ResultRow) -> Bool
    ) throws(HistoryError) {
        let statement = try statement(text)
        defer { csqlite_reset(statement) }
        for (place, value) in values.enumerated() {
            let place = Int32(place + 1)
            switch value {
            case .integer(let number): csqlite_set_integer(statement, place, number)
            case .null: csqlite_set_null(statement, place)
            case .bytes(let bytes):
                bytes.withUnsafeBufferPointer {
                    csqlite_set_bytes(statement, place, $0.baseAddress, $0.count)
                }
            case .text(var text):
                text.withUTF8 { csqlite_set_text(statement, place, $0.baseAddress, $0.count) }
            }
        }
        while true {
            let code = csqlite_step(statement)
            if code == CSQLITE_DONE { return }
            guard code == CSQLITE_ROW else { throw .sqlite(Int32(code), path) }
            guard body(ResultRow(statement: statement)) else { return }
        }
    }

    /// Runs a statement that gives no rows.
    func run(_ text: String, _ values: [Cell]) throws(HistoryError) {
        try each(text, values) { _ in true }
    }

    /// The first number of the first row; nil where there is none.
    func number(_ text: String, _ values: [Cell] = []) throws(HistoryError) -> Int64? {
        var found: Int64?
        try each(text, values) { row in
            found = row.number(0)
            return false
        }
        return found
    }

    /// The number of the row that was inserted last.
    var lastRow: Int64 { csqlite_last_row(handle) }
    /// How many rows the last statement changed.
    var changed: Int64 { csqlite_changed(handle) }

    /// Does all of some work, or none of it; other processes wait meanwhile.
    func transaction<Result>(_ work: () throws(HistoryError) -> Result) throws(HistoryError) -> Result {
        try run("BEGIN IMMEDIATE")
        do throws(HistoryError) {
            let result = try work()
            try run("COMMIT")
            return result
        } catch {
            // SQLite may have ended it itself, as when the disk is full.
            if csqlite_in_transaction(handle) != 0 { csqlite_run(handle, "ROLLBACK") }
            throw error
        }
    }

    /// Reads what was there at one moment, whatever others write meanwhile.
    func snapshot<Result>(_ work: () throws(HistoryError) -> Result) throws(HistoryError) -> Result {
        try run("BEGIN")
        do throws(HistoryError) {
            let result = try work()
            try run("COMMIT")
            return result
        } catch {
            if csqlite_in_transaction(handle) != 0 { csqlite_run(handle, "ROLLBACK") }
            throw error
        }
    }

    /// Closes the file as it is, so that it can be looked at: what was not put into it yet stays beside it.
    func leave() {
        guard !isClosed else { return }
        isClosed = true
        csqlite_close(handle, 1)
    }

    private func statement(_ text: String) throws(HistoryError) -> OpaquePointer {
        if let known = statements[text] { return known }
        var code: Int32 = 0
        guard let made = csqlite_prepare(handle, text, &code) else { throw .sqlite(code, path) }
        statements[text] = made
        return made
    }
}

/// A row of an answer; valid until the next one.
struct ResultRow: ~Copyable {
    fileprivate let statement: OpaquePointer

    /// A number; nil for none.
    borrowing func number(_ place: Int32) -> Int64? {
        csqlite_is_null(statement, place) != 0 ? nil : csqlite_integer(statement, place)
    }

    /// Bytes; empty for none.
    borrowing func bytes(_ place: Int32) -> [UInt8] {
        var count = 0
        guard let bytes = csqlite_bytes(statement, place, &count) else { return [] }
        return Array(UnsafeBufferPointer(start: bytes, count: count))
    }

    /// A text; empty for none.
    borrowing func text(_ place: Int32) -> String {
        var count = 0
        guard let bytes = csqlite_text(statement, place, &count) else { return "" }
        return String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
    }
}

/// A file wherever it is moved to.
struct FileIdentity: Hashable {
    private let device: UInt64
    private let number: UInt64

    /// Nil where there is no file.
    init?(_ path: String) {
        var facts = stat()
        guard stat(path, &facts) == 0 else { return nil }
        device = UInt64(facts.st_dev)
        number = UInt64(facts.st_ino)
    }
}

extension HistoryError {
    /// Why SQLite could not do something.
    static func sqlite(_ code: Int32, _ path: String) -> HistoryError {
        let reason = String(cString: csqlite_words(code))
        switch Int(code) {
        case Int(CSQLITE_BUSY), Int(CSQLITE_LOCKED):
            return HistoryError(.busy, "\(path) is in use by another process that does not finish")
        case Int(CSQLITE_FULL):
            return HistoryError(
                .full, "\(path) can't grow: the disk is full; history is recorded again when there is room")
        case Int(CSQLITE_READ_ONLY):
            return HistoryError(
                .readOnly, "\(path) can't be written: make it writable for you; no history is recorded")
        case Int(CSQLITE_CORRUPT), Int(CSQLITE_NO_DATABASE):
            return HistoryError(.damaged, "\(path) is damaged")
        default:
            return HistoryError(.unavailable, "\(path) can't be used (\(reason)): no history is recorded")
        }
    }
}
