internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

/// The rows of a list.
struct Rows {
    let array: JSONArray

    /// Whether every row is there; one without what it is known by can't be shown.
    ///
    /// - Parameters:
    ///   - field: what the server calls it.
    ///   - shown: how many rows have it.
    ///   - rows: what they are called, in the plural.
    func without(_ field: String, _ shown: Int, _ rows: String) -> Completeness {
        Self.without(field, array.count - shown, rows)
    }

    /// The same, of a list that is not there any more: so many rows have no such field.
    static func without(_ field: String, _ hidden: Int, _ rows: String) -> Completeness {
        var missing = MissingFields()
        for _ in 0..<max(0, hidden) { missing.note(field, of: rows) }
        return missing.completeness
    }
}

extension LibreNMSServer {
    /// Reads a declared path; any status is an answer here.
    func read(
        _ template: PathTemplate, _ parameters: [String: String] = [:], query: [(String, String)] = [],
        priority: Int = 1
    ) async throws(BackendError) -> Response {
        try await read(ReadRequest(template, parameters, query: query, priority: priority))
    }

    /// Sends a read with credentials.
    func read(_ request: ReadRequest) async throws(BackendError) -> Response {
        try await transport.answer(to: request, with: try await credentials())
    }

    /// Reads a list.
    ///
    /// - Returns: nil for the 404 with which newer releases say that a list is empty.
    func rows(
        _ key: String, _ template: PathTemplate, _ parameters: [String: String] = [:],
        query: [(String, String)] = [], priority: Int = 1
    ) async throws(BackendError) -> Rows? {
        let response = try await read(template, parameters, query: query, priority: priority)
        guard let array = try Verdict.list(key, in: response) else { return nil }
        return Rows(array: array)
    }

    /// What the server speaks; probes it when nobody did.
    func dialect() async throws(BackendError) -> Dialect {
        if let known = withMemory({ $0.dialect }) { return known }
        _ = try await probe(again: false)
        return withMemory { $0.dialect } ?? .old
    }
}
