package import Domain
package import HTTP
package import JSON

/// How an API answers who looks around in it.
package struct BrowseManners: Sendable {
    /// Members of an answer that are its envelope and no data, such as `status` and `count`; none where objects come as
    /// they are, and lists as they are or in pages.
    package var envelope: Set<String> = []
    /// Names of fields that hold secrets, whatever the path.
    package var secrets: SecretKeys
    /// What is sent where a field is to hold nothing, and how another's change is seen.
    package var record: RecordManners
    /// Reads a moment; nil for a text that is none.
    package var time: @Sendable (String) -> Timestamp?
    /// What an answer means whose status is no success; nil for a success.
    package var problem: @Sendable (Response) -> BackendError?
    /// Whether the API itself says that there is no such thing.
    package var saysMissing: @Sendable (Response) -> Bool
    /// Whether an answer that is no success only says that a list is empty.
    package var saysNone: @Sendable (Response) -> Bool = { _ in false }
    /// How a command is answered.
    package var answers: @Sendable (_ isBodyDue: Bool) -> AnswerManners
    /// The header that a `curl` line carries the secret in, with the secret's place taken by a variable:
    /// `X-Auth-Token: $TOKEN`.
    package var curlCredential: String
    /// Whether OPTIONS tells the fields that a path takes.
    package var describesFields: Bool
    /// The paths at which entities of panes are, with one parameter each: from a row to its object and back.
    package var entities: [ResourceKind: PathTemplate] = [:]

    /// Describes an API.
    package init(
        secrets: SecretKeys, record: RecordManners, describesFields: Bool, curlCredential: String,
        time: @escaping @Sendable (String) -> Timestamp?,
        problem: @escaping @Sendable (Response) -> BackendError?,
        saysMissing: @escaping @Sendable (Response) -> Bool,
        answers: @escaping @Sendable (_ isBodyDue: Bool) -> AnswerManners
    ) {
        self.secrets = secrets
        self.record = record
        self.describesFields = describesFields
        self.curlCredential = curlCredential
        self.time = time
        self.problem = problem
        self.saysMissing = saysMissing
        self.answers = answers
    }

    /// Whether what stands under a name at a path is a secret.
    package func isSecret(_ name: String, at entry: CatalogueEntry) -> Bool {
        secrets.holds(name) || entry.secrets.contains(name.lowercased())
    }
}

extension Browser {
    /// Whether a value holds a secret anywhere.
    package func holdsSecret(_ tree: JSONTree, at entry: CatalogueEntry) -> Bool {
        manners.secrets.joined(by: entry.secrets).masking(tree) != tree
    }
}

/// The rows that an answer holds, and where the next ones are.
struct BrowsedList {
    /// The way from the answer's root to the rows.
    let steps: [String]
    let array: JSONArray
    /// The address of the next page as the server gave it.
    let next: String?
    /// How many rows there are in all, by the server's word.
    let count: Int64?
}

extension BrowseManners {
    /// The rows of an answer: a bare list, pages in an envelope, or the one list beside what is no data; nil where it is
    /// an object.
    func list(in root: JSONValue) -> BrowsedList? {
        if let array = root.array { return BrowsedList(steps: [], array: array, next: nil, count: nil) }
        if let array = root["results"]?.array {
            return BrowsedList(
                steps: ["results"], array: array, next: root["next"]?.string, count: root["count"]?.int64)
        }
        guard let only = content(of: root), let array = only.value.array else { return nil }
        let count = ["total", "count"].lazy.compactMap { root[$0]?.int64 }.first
        // Some lists stand in a list of their own, which is what is counted then.
        if let inner = array.first?.array, array.count == 1 {
            return BrowsedList(steps: [only.key, "0"], array: inner, next: nil, count: nil)
        }
        return BrowsedList(steps: [only.key], array: array, next: nil, count: count)
    }

    /// The one member of an answer that is no envelope; nil where there is no envelope, or several members are data.
    private func content(of root: JSONValue) -> (key: String, value: JSONValue)? {
        guard !envelope.isEmpty, let members = root.object else { return nil }
        let data = members.filter { !envelope.contains($0.key) }
        guard data.count == 1, let only = data.first else { return nil }
        return (only.key, only.value)
    }

    /// The object of an answer and the way to it: a list of one at a path of one object is that object.
    func object(in root: JSONValue) -> (steps: [String], value: JSONValue) {
        guard let only = content(of: root) else { return ([], root) }
        if only.value.kind == .object { return ([only.key], only.value) }
        if let array = only.value.array, let first = array.first, array.count == 1, first.kind == .object {
            return ([only.key, "0"], first)
        }
        return ([], root)
    }
}
