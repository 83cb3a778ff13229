internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

/// A list, however many pages it came in.
struct ReadList: Sendable {
    var rows: [JSONValue] = []
    /// What is missing, in words; nil when all of it is here.
    var gap: String?
}

extension BondingServer {
    /// Pages that one list may have: beyond this a server repeats itself.
    private static let mostPages = 5_000

    /// Reads a declared path; any status is an answer here.
    func read(
        _ template: PathTemplate, _ parameters: [String: String] = [:], query: [(String, String)] = [],
        method: Method = .get, priority: Int = 1
    ) async throws(BackendError) -> Response {
        try await read(
            ReadRequest(template, parameters, query: query, method: method, priority: priority))
    }

    /// Sends a read with credentials, once more where they were renewed.
    func read(_ request: ReadRequest) async throws(BackendError) -> Response {
        let response = try await transport.answer(to: request, with: try await credentials())
        guard Verdict.isRefusedLogin(response), try await renewCredentials() else { return response }
        return try await transport.answer(to: request, with: try await credentials())
    }

    /// Reads one object.
    func object(
        _ template: PathTemplate, _ parameters: [String: String] = [:], priority: Int = 1
    ) async throws(BackendError) -> JSONValue {
        try Verdict.object(in: try await read(template, parameters, priority: priority))
    }

    /// Reads one entity by itself; nil for one that is not there, or lies outside what the account may see.
    func row(
        _ template: PathTemplate, _ parameters: [String: String], priority: Int = 1
    ) async throws(BackendError) -> JSONValue? {
        let response = try await read(template, parameters, priority: priority)
        return Verdict.saysMissing(response) ? nil : try Verdict.entity(in: response)
    }

    /// Reads a list: a bare array, or pages in envelopes.
    ///
    /// Of the address of a next page only its numbers are used: it may name any host.
    func list(
        _ template: PathTemplate, _ parameters: [String: String] = [:], priority: Int = 1
    ) async throws(BackendError) -> ReadList {
        var listing = ReadList()
        var query: [(String, String)] = []
        var seen: Set<String> = []
        var promised: Int64?
        for _ in 0..<Self.mostPages {
            let response = try await read(template, parameters, query: query, priority: priority)
            // A page that was the last while others were read is gone when rows went away meanwhile.
            if !query.isEmpty, Verdict.saysMissing(response) {
                listing.gap = "a page went away while the list was read"
                return listing
            }
            let root = try Verdict.root(of: response)
            if let array = root.array {
                listing.rows += array
                return listing
            }
            guard let results = root["results"]?.array else {
                throw BackendError(
                    .invalid, "the answer is no list: check that url leads to a bonding server")
            }
            listing.rows += results
            promised = root["count"]?.int64 ?? promised
            guard let next = root["next"]?.string else { break }
            query = Self.page(in: next)
            guard !query.isEmpty, seen.insert(PercentEncoding.query(query)).inserted else {
                listing.gap = "the server's pages lead nowhere after \(listing.rows.count) rows"
                return listing
            }
        }
        if let promised, Int64(listing.rows.count) < promised {
            listing.gap = "\(listing.rows.count) of \(promised) rows came"
        }
        return listing
    }

    /// The numbers by which a server names its next page.
    static func page(in address: String) -> [(String, String)] {
        guard let mark = address.firstIndex(of: "?") else { return [] }
        let query = address[address.index(after: mark)...].prefix { $0 != "#" }
        return query.split(separator: "&").compactMap { pair in
            let parts = pair.split(separator: "=", maxSplits: 1)
            guard parts.count == 2, ["page", "page_size", "limit", "offset"].contains(parts[0]),
                (1...12).contains(parts[1].utf8.count), parts[1].utf8.allSatisfy({ (48...57).contains($0) })
            else { return nil }
            return (String(parts[0]), String(parts[1]))
        }
    }

    /// What the server speaks; probes it when nobody did.
    func version() async throws(BackendError) -> Memory.Version {
        if let known = withMemory({ $0.version }) { return known }
        _ = try await probe(again: false)
        return withMemory { $0.version } ?? .three
    }
}
