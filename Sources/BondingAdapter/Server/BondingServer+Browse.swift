internal import AdapterKit
internal import Domain
internal import HTTP

extension BondingServer {
    /// All of the API by its catalogue.
    var browser: Browser? {
        var manners = BrowseManners(
            secrets: .bonding, record: .bonding, describesFields: true,
            curlCredential: "Authorization: Basic $CREDENTIALS",
            time: { [self] in CivilTime.parse($0, clock: clock) },
            problem: { Verdict.problem(with: $0) }, saysMissing: { Verdict.saysMissing($0) },
            answers: { AnswerManners.bonding(isBodyDue: $0) })
        manners.entities = [
            .bond: Path.bond, .aggregator: Path.aggregator, .bonder: Path.bonder, .customer: Path.space,
            .qosProfile: Path.qosProfile,
        ]
        return Browser(Catalogue.entries, manners, settings) { [self] (request) async throws(BackendError) in
            try await read(request)
        }
    }
}
