internal import AdapterKit
internal import Domain

/// What one adapter remembers of its server between refreshes.
struct Memory: Sendable {
    var session: Session?
    /// How many sessions there were.
    var sessions = 0
    /// Why nobody is logged in, as long as that stands.
    var refusal: Refusal?
    /// Which API it has; nil until it was probed.
    var version: APIVersion?
    /// What the last list of CPEs said.
    var cpes: [Int64: CPE] = [:]
    /// The customers of the CRM, as far as they were read.
    var customers: [Int64: Customer] = [:]
    /// The sessions that are online, by whose they are.
    var radius: [String: PPPoESession] = [:]
    /// The name of the CPE that each telephone line is at; nil before they were read to the last.
    var potses: [Int64: String]?
    var watch = Watch()
    /// The last light of each line, by its host.
    var lights: [String: LineLight] = [:]
    /// How the shared readings ended that several lists are made of.
    var readings: [SharedReading: Reading] = [:]
    /// Goes up with every change of what the CRM and RADIUS say that a row of another list may show.
    var revision = 0
    /// What customers' rows were last made of.
    var customersMadeOf: [Int]?
    /// What the server offers beyond what is documented (inferred).
    var offers: Set<CommandKind> = []
    /// Actions that this server does not take by GET, by the name of the action.
    var actionMethods: [CPEAction: ActionMethod] = [:]
    /// The forms of records that the server described.
    var records: [RecordKind: EditableRecord] = [:]
    /// One question at a time to each OLT.
    var olts: [String: AsyncMutex] = [:]
    /// The limits of light that the server was last heard to use.
    var limits = OpticalLimits.usual
    /// Whether the server understands `business_impact__gte`.
    var filtersByImpact = true
}

/// What is read once for several lists.
enum SharedReading: Sendable {
    case cpes, hosts, problems
}

/// How a shared reading ended.
struct Reading: Sendable {
    let at: Timestamp
    let completeness: Completeness
    /// What it said about rows that it did not hold.
    var coverage = Coverage.page
    /// Seconds for which one that is not whole is not tried again.
    private static let patience: Int64 = 60

    /// What it says to who comes later; nil where it is too old for that.
    ///
    /// - Parameter age: seconds for which a whole one is good.
    func answer(at now: Timestamp, maximumAge age: Int64) -> Completeness? {
        let limit = completeness == .complete ? age : min(age, Self.patience)
        return now.seconds - at.seconds < limit ? completeness : nil
    }
}

/// Why nobody is logged in.
struct Refusal: Sendable {
    let error: BackendError
    /// Until then it is not tried again.
    let until: Timestamp
}

/// The APIs of a Krill.
enum APIVersion: Sendable, Equatable {
    /// `/api/cpes/`, `/api/customers/`, `/api/potses/` as bare lists, and nothing else.
    case v1
    /// `/api/v2/` with its applications.
    case v2

    /// What people call the server.
    var product: String { self == .v1 ? "Krill, API v1" : "Krill, API v2" }
}
