import AdapterKit
import Domain
import HTTP
import JSON
import Synchronization

/// An API with a list of things, which answers whatever a test gives it, and what it was asked.
final class PretendedAPI: Sendable {
    typealias Answer = @Sendable (ReadRequest) throws(BackendError) -> Response

    static let entries: [CatalogueEntry] = [
        CatalogueEntry("Things", in: "Things", "/v1/things/", [.get, .post]),
        CatalogueEntry(
            "Thing", in: "Things", "/v1/things/{id}/", [.get, .put, .patch, .delete], secrets: ["login"]),
        CatalogueEntry("Parts of a thing", in: "Things", "/v1/things/{id}/parts/"),
        CatalogueEntry("Restart a thing", in: "Things", "/v1/things/{id}/restart/", acting: [.get]),
        CatalogueEntry("File of a thing", in: "Things", "/v1/things/{id}/file/"),
        CatalogueEntry("Search of things", in: "Things", "/v1/search/", [.post], acting: []),
    ]

    private let log = Mutex<[String]>([])
    private let answer: Answer

    init(_ answer: @escaping Answer) { self.answer = answer }

    /// An API that answers JSON, whatever it is asked.
    convenience init(_ body: String) { self.init { (_) throws(BackendError) in PretendedAPI.json(body) } }

    /// What was asked, in order: `GET /v1/things/?page=2`.
    var asked: [String] { log.withLock { $0 } }

    var browser: Browser {
        let endpoint = Endpoint(
            origin: Origin(scheme: "https", host: "api.example", port: 443), basePath: "/api", proxy: "")
        let settings = BackendSettings(
            id: BackendID(0), name: "pretended", endpoint: endpoint, secret: Secret("nobody-reads-this"),
            now: { Timestamp(1_800_000_000) })
        return Browser(Self.entries, Self.manners, settings) { [self] (request) async throws(BackendError) in
            let query = PercentEncoding.query(request.query)
            let path = request.template.path(request.parameters) ?? request.template.description
            log.withLock {
                $0.append("\(request.method.rawValue) \(path)\(query.isEmpty ? "" : "?")\(query)")
            }
            return try answer(request)
        }
    }

    /// A place as the catalogue knows it.
    static func place(_ path: String, _ kind: ResourceKind = .resource) -> EntityRef {
        EntityRef(BackendID(0), kind, id: path)
    }

    static let things = place("/v1/things/", .collection)

    // MARK: Answers

    static func json(_ body: String, status: Int = 200) -> Response {
        Response(
            status: status, headers: [Header("Content-Type", "application/json")], body: Body(body.utf8))
    }

    /// What OPTIONS says of a thing.
    static let metadata = json(
        """
        {"name": "Thing", "actions": {"PUT": {
          "id": {"type": "integer", "read_only": true, "label": "ID"},
          "name": {"type": "string", "required": true, "label": "Name"},
          "note": {"type": "string", "required": false, "label": "Note"},
          "size": {"type": "integer", "required": false, "label": "Size"},
          "active": {"type": "boolean", "required": false, "label": "Active"},
          "password": {"type": "string", "required": false, "label": "Password"},
          "line": {"type": "nested object", "required": false, "label": "Line"}}}}
        """)

    private static let manners = BrowseManners(
        secrets: SecretKeys(), record: RecordManners(nothing: .empty, witness: .fields, writesUnread: false),
        describesFields: true, curlCredential: "Authorization: Bearer $TOKEN",
        time: { _ in nil },
        problem: { response in
            response.isSuccess
                ? nil
                : BackendError(response.status == 404 ? .missing : .server, "answered \(response.status)")
        },
        saysMissing: { $0.status == 404 && (try? $0.json()) != nil },
        answers: { isBodyDue in
            AnswerManners(
                isBodyDue: isBodyDue, words: { "answered \($0.status)" }, objection: { _ in nil },
                refusal: { $0.root["detail"]?.string })
        })
}

extension Browsed {
    /// Its rows; nil where it is something else.
    var table: Table? { if case .rows(let table) = content { table } else { nil } }
    /// Its object; nil where it is something else.
    var detail: Detail? { if case .object(let detail) = content { detail } else { nil } }
    /// Its file; nil where it is something else.
    var file: BrowsedFile? { if case .file(let file) = content { file } else { nil } }
    /// What is missing, in words; empty where nothing is.
    var missing: String { if case .partial(let words) = completeness { words } else { "" } }
}

extension Detail {
    var lines: [Line] { sections.flatMap(\.lines) }
}
