internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

/// What `OPTIONS` says of a path that acts: that this account may send to it, and what a body may hold.
struct ActionOffer: Sendable, Equatable {
    /// The fields that may be written; nil where the server does not describe bodies.
    let fields: Set<String>?
    /// The fields that have to be there.
    let required: Set<String>

    /// Nil for an answer that offers nothing.
    init?(_ response: Response) {
        let allowed = response.header("allow")?.uppercased().split { $0 == "," || $0 == " " } ?? []
        // Django describes what a body may hold only to those who may send one.
        guard response.isSuccess, allowed.contains("POST"),
            let described = (try? response.json())?["actions"]?["POST"]
        else { return nil }
        let writable = described.object?.filter { $0.value["read_only"]?.flag != true } ?? []
        fields = writable.isEmpty ? nil : Set(writable.map(\.key))
        required = Set(writable.filter { $0.value["required"]?.flag == true }.map(\.key))
    }

    /// Whether the server says that a body may hold a field.
    func names(_ field: String) -> Bool { fields?.contains(field) == true }
}

extension KrillServer {
    /// Asks a path what it takes; nil where it is not there or not for this account.
    func offer(
        at template: PathTemplate, _ parameters: [String: String]
    ) async throws(BackendError) -> ActionOffer? {
        let response = try await read(template, parameters, method: .options, priority: 0)
        if response.status == 429 || response.status >= 500, let problem = Verdict.problem(with: response) {
            throw problem
        }
        return ActionOffer(response)
    }
}
