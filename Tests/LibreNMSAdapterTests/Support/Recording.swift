import Foundation
import HTTP
import JSON
import Testing

/// One answer of a real server, as it was recorded.
struct Recording {
    let document: JSONDocument

    init(_ release: String, _ name: String) throws {
        let file = try #require(
            Bundle.module.url(
                forResource: name, withExtension: "json", subdirectory: "Recordings/\(release)"))
        document = try JSONDocument(try Data(contentsOf: file))
    }

    /// The exact text of the body.
    var body: String { document.root["response"]?["body"]?.string ?? "" }

    /// The answer.
    var response: Response {
        let answer = document.root["response"]
        let headers = answer?["headers"]?.object?.map { Header($0.key, $0.value.text ?? "") } ?? []
        return Response(
            status: Int(answer?["status"]?.int64 ?? 0), headers: headers, body: Body(Array(body.utf8)))
    }

    /// The rows of a list in the body.
    func rows(_ key: String) throws -> [JSONTree] {
        let array = try JSONDocument(body).root.require(key).requireArray()
        return array.map { JSONTree($0) }
    }
}
