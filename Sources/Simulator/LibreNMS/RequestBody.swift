import Foundation

/// A JSON body of a request, read as forgivingly as servers do: what is missing or malformed is nil.
struct RequestBody {
    private let members: [String: Any]

    init(_ bytes: [UInt8]) {
        let parsed = try? JSONSerialization.jsonObject(with: Data(bytes))
        members = parsed as? [String: Any] ?? [:]
    }

    func text(_ key: String) -> String? { members[key] as? String }

    func flag(_ key: String) -> Bool? { members[key] as? Bool }
}
