/// What a simulated Krill is like: which API it has, and its switches.
///
/// What is not public of Krill is chosen as it most likely is and said to be inferred where it is made.
public struct KrillRelease: Sendable, Equatable {
    /// The APIs of a Krill.
    public enum Version: Sendable, Equatable {
        /// `/api/v2/` with all its applications.
        case v2
        /// Only `/api/cpes/`, `/api/customers/` and `/api/potses/`, as bare lists.
        case v1Only
    }

    /// How an action names a service rather than its host.
    public enum ServiceActions: Sendable, Hashable, CaseIterable {
        /// By `service_name` in the body of the host's.
        case inBody
        /// Not at all: `service_name` is skipped, and the host is what is acted on.
        case none
        /// By the service's name in place of the host's: `hosts/H!S/acknowledge/`.
        case byName
        /// Below its host: `hosts/H/services/S/acknowledge/`.
        case belowHost
        /// By a path of its own: `services/H!S/acknowledge/`.
        case apart
    }

    /// Which API it has.
    public var version: Version
    /// Whether hosts can be rechecked, acknowledged and put under downtime; the paths are inferred.
    public var offersMonitoringActions: Bool
    /// How such an action names a service.
    public var serviceActions: ServiceActions
    /// Fields that OPTIONS does not name and bodies may not set, whatever the action.
    public var unknownFields: Set<String>
    /// Whether sessions come first among the ways to log in: then who is not known gets 403 in place of 401.
    public var putsSessionsFirst: Bool
    /// Seconds of the world for which an access token is good.
    public var accessLife: Int
    /// After so many requests an access token counts as expired; nil sets no such limit.
    public var accessUses: Int?
    /// Seconds of the world for which a refresh token is good.
    public var refreshLife: Int
    /// Every refresh is refused; a login is not.
    public var refusesRefresh: Bool
    /// The most rows that a page has, whatever was asked for.
    public var mostPerPage: Int
    /// What stands in `next` and `previous` before the path; empty makes them path-only.
    public var internalOrigin: String
    /// Whether the links of a CPE, which leave out the application, lead anywhere.
    public var answersShortLinks: Bool

    /// Makes a release; without arguments it is today's API with everything it may offer.
    public init(
        version: Version = .v2, offersMonitoringActions: Bool = true, accessLife: Int = 86_400,
        accessUses: Int? = nil, refreshLife: Int = 2_592_000, refusesRefresh: Bool = false,
        mostPerPage: Int = 1_000, internalOrigin: String = "http://pre1:4280", answersShortLinks: Bool = true,
        serviceActions: ServiceActions = .inBody, unknownFields: Set<String> = [],
        putsSessionsFirst: Bool = false
    ) {
        self.version = version
        self.offersMonitoringActions = offersMonitoringActions
        self.accessLife = accessLife
        self.accessUses = accessUses
        self.refreshLife = refreshLife
        self.refusesRefresh = refusesRefresh
        self.mostPerPage = mostPerPage
        self.internalOrigin = internalOrigin
        self.answersShortLinks = answersShortLinks
        self.serviceActions = serviceActions
        self.unknownFields = unknownFields
        self.putsSessionsFirst = putsSessionsFirst
    }

    /// Today's API.
    public static let v2 = KrillRelease()
    /// An old server, without API v2.
    public static let v1Only = KrillRelease(version: .v1Only)
}
