import Foundation
import Testing

/// What a real server answered.
struct Recording {
    let status: Int
    let type: String
    let body: String
    /// What had been sent; empty for a request without a body.
    let sent: String
    /// The same where it was recorded as an object.
    let sentObject: [String: Any]

    init(_ folder: String, _ name: String) throws {
        let url = try #require(
            Bundle.module.url(forResource: "Recordings/\(folder)/\(name)", withExtension: "json"))
        let parsed = try JSONSerialization.jsonObject(with: Data(contentsOf: url)) as? [String: Any]
        let response = try #require(parsed?["response"] as? [String: Any])
        status = try #require(response["status"] as? Int)
        type = try #require(response["content_type"] as? String)
        body = try #require(response["body"] as? String)
        let request = parsed?["request"] as? [String: Any]
        sent = request?["body"] as? String ?? ""
        sentObject = request?["body"] as? [String: Any] ?? [:]
    }
}

/// The outline of a pretty-printed body: keys in their order, and what kind of value each has.
///
/// It reads the text rather than parsed JSON, since a parser forgets the order, and whether `1` was a flag.
enum Outline {
    struct Entry: Equatable, CustomStringConvertible {
        let key: String
        let kind: String

        var description: String { "\(key): \(kind)" }
    }

    /// The members at a depth of 1 (the envelope) or 3 (the rows of a list); of the first object there.
    static func of(_ text: String, depth: Int) -> [Entry] {
        let indent = String(repeating: "    ", count: depth)
        var entries: [Entry] = []
        for line in text.split(separator: "\n") {
            if line.hasPrefix(indent + "\"") {
                let parts = line.dropFirst(indent.count).split(separator: ": ", maxSplits: 1)
                guard parts.count == 2 else { continue }
                entries.append(Entry(key: String(parts[0]), kind: kind(parts[1])))
            } else if !entries.isEmpty, line.hasPrefix(String(indent.dropLast(4)) + "}") {
                return entries
            }
        }
        return entries
    }

    private static func kind(_ value: Substring) -> String {
        switch value.first {
        case "\"": "string"
        case "t", "f": "boolean"
        case "n": "null"
        case "[": "list"
        case "{": "object"
        default: "number"
        }
    }

    /// Expects the same keys in the same order, and the same kinds where neither is null.
    static func expectSame(
        _ ours: String, _ theirs: String, depth: Int, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let (our, their) = (of(ours, depth: depth), of(theirs, depth: depth))
        #expect(!their.isEmpty, sourceLocation: sourceLocation)
        #expect(our.map(\.key) == their.map(\.key), sourceLocation: sourceLocation)
        for (one, other) in zip(our, their) where one.kind != "null" && other.kind != "null" {
            #expect(one == other, sourceLocation: sourceLocation)
        }
    }
}
