public import AdapterKit
public import HTTP

/// One configured backend, ready to be spoken to.
public struct Connection: Sendable {
    /// What the adapter was told of it.
    public let settings: BackendSettings
    /// What kind of server it is, for the screen.
    public let title: String
    /// The code that speaks its API.
    public let adapter: any Adapter
    /// Seconds between refreshes where the configuration says it, by the singular of the kind.
    public let intervals: [String: Double]
    /// Where the server is, by a name that all screens of a team have for it; empty where nobody says.
    public let server: String
    private let outlet: CommandChannel

    /// The transport that commands leave by; nil in read-only: nothing can be changed then.
    public var commander: (any CommandTransport)? { outlet.transport }

    /// Why nothing can be changed since the process sealed it; nil while it did not.
    var refusal: String? { outlet.refusal }

    /// Puts a backend's parts together.
    ///
    /// - Parameters:
    ///   - intervals: seconds between refreshes where the configuration says it, by the singular of the kind.
    ///   - server: where the server is, by a name that all screens of a team have for it.
    ///   - shut: closes what lies below the commander when the backend is sealed.
    public init(
        settings: BackendSettings, title: String, adapter: any Adapter, commander: (any CommandTransport)?,
        intervals: [String: Double] = [:], server: String = "",
        shut: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.settings = settings
        self.title = title
        self.adapter = adapter
        self.intervals = intervals
        self.server = server
        outlet = CommandChannel(commander, shut: shut)
    }

    /// Drops the commander for good, for every holder of this connection; what is on its way is not cut.
    func seal(because reason: String) { outlet.seal(because: reason) }
}
