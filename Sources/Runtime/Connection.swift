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
    /// The transport that commands leave by; nil in read-only: nothing can be changed then.
    public let commander: (any CommandTransport)?

    /// Puts a backend's parts together.
    public init(
        settings: BackendSettings, title: String, adapter: any Adapter, commander: (any CommandTransport)?
    ) {
        self.settings = settings
        self.title = title
        self.adapter = adapter
        self.commander = commander
    }
}
