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
    /// CPEs by what the monitoring calls them.
    var cpesByHost: [String: Int64] = [:]
    /// What customers are called.
    var customers: [Int64: String] = [:]
    /// The sessions that are online.
    var radius: [PPPoESession] = []
    /// The name of the CPE that each telephone line is at.
    var potses: [Int64: String] = [:]
    var watch = Watch()
    /// What the server offers beyond what is documented (inferred).
    var offers: Set<CommandKind> = []
    /// Actions that this server does not take by GET, by the name of the action.
    var actionMethods: [CPEAction: ActionMethod] = [:]
    /// The forms of records that the server described.
    var records: [RecordKind: RecordForm] = [:]
    /// One question at a time to each OLT.
    var olts: [String: Turnstile] = [:]
    /// The limits of light that the server was last heard to use.
    var limits = OpticalLimits.usual
    /// Whether the server understands `business_impact__gte`.
    var filtersByImpact = true
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
