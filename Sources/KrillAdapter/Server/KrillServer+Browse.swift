internal import AdapterKit
internal import Domain
internal import HTTP

extension KrillServer {
    /// All of the API by its catalogue.
    var browser: Browser? {
        var manners = BrowseManners(
            secrets: .krill, record: .krill, describesFields: true,
            curlCredential: "Authorization: Bearer $TOKEN",
            time: { [self] in
                CivilTime.parse($0, clock: settings.clock ?? ServerClock(offset: 0, isCertain: false))
            },
            problem: { Verdict.problem(with: $0) }, saysMissing: { Verdict.saysMissing($0) },
            answers: { AnswerManners.krill(isBodyDue: $0) })
        manners.entities = [.cpe: Path.cpe, .customer: Path.customer]
        return Browser(Catalogue.entries, manners, settings) { [self] (request) async throws(BackendError) in
            try await read(request)
        }
    }
}
