internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

extension LibreNMSServer {
    /// All of the API by its catalogue.
    var browser: Browser? {
        var manners = BrowseManners(
            secrets: .libreNMS,
            record: RecordManners(nothing: .empty, witness: .fields, writesUnread: false),
            describesFields: false, curlCredential: "X-Auth-Token: $TOKEN",
            time: { [self] text in CivilTime.parse(text, clock: withMemory { $0.usableClock }) },
            problem: { Verdict.browsed($0) }, saysMissing: { Verdict.saysMissing($0) },
            answers: { _ in .libreNMS })
        manners.saysNone = { Verdict.saysNone($0) && !Verdict.saysNoDevice($0) }
        manners.envelope = ["status", "message", "count", "total", "err-msg", "error", "limit", "start"]
        manners.entities = [
            .device: Path.device, .port: Path.port, .alert: Path.alert, .rule: Path.rule, .bill: Path.bill,
        ]
        return Browser(Catalogue.entries, manners, settings) { [self] (request) async throws(BackendError) in
            try await read(request)
        }
    }
}

extension Verdict {
    /// What an answer means to who looks around: an error with 200 is one where nothing else came with it.
    static func browsed(_ response: Response) -> BackendError? {
        if let problem = problem(with: response) { return problem }
        guard let root = try? response.json(), root["status"]?.string == "error",
            root.object?.contains(where: { $0.value.array?.isEmpty == false }) != true
        else { return nil }
        return BackendError(.server, "the server says: \(message(in: root) ?? "error")")
    }

    /// Whether it is the device that is not there, rather than anything of it.
    static func saysNoDevice(_ response: Response) -> Bool {
        let words = (try? response.json()).flatMap { message(in: $0) }?.lowercased() ?? ""
        return words.hasPrefix("device ")
    }

    /// Whether the API itself says that there is no such thing.
    static func saysMissing(_ response: Response) -> Bool {
        guard response.status == 404, let root = try? response.json() else { return false }
        return root["status"]?.string == "error"
    }
}
