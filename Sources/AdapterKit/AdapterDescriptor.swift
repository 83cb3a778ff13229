public import Domain
public import HTTP

/// What the composition root knows of one kind of adapter; the registry is an array of these.
public struct AdapterDescriptor: Sendable {
    /// The word in a configuration's `kind`.
    public let kind: String
    /// The file that describes it, by its name in a configuration's `adapter`; nil for what is written in Swift.
    public let file: String?
    /// What people call it: `LibreNMS`.
    public let title: String
    /// The path that is appended to a url that has none.
    public let basePath: String
    /// How it logs in.
    public let authentication: Authentication
    /// The header field that its credentials travel in, which nothing else may set.
    public let credentialHeader: String
    /// Everything it may read; the transport refuses the rest.
    public let reads: [ReadDeclaration]
    /// Everything that the API has, for looking around in what no pane shows.
    public let catalogue: [CatalogueEntry]
    /// The names under which its answers have secrets.
    package let secrets: SecretKeys
    /// Makes the adapter of one backend.
    public let make: @Sendable (BackendSettings, any ReadTransport) -> any Adapter

    /// Describes a kind of adapter, whose answers have secrets under the usual names alone.
    public init(
        kind: String, file: String? = nil, title: String, basePath: String, authentication: Authentication,
        credentialHeader: String = "Authorization", reads: [ReadDeclaration],
        catalogue: [CatalogueEntry] = [],
        make: @escaping @Sendable (BackendSettings, any ReadTransport) -> any Adapter
    ) {
        self.init(
            kind: kind, file: file, title: title, basePath: basePath, authentication: authentication,
            credentialHeader: credentialHeader, reads: reads, catalogue: catalogue, secrets: SecretKeys(),
            make: make)
    }

    /// Describes a kind of adapter.
    package init(
        kind: String, file: String? = nil, title: String, basePath: String, authentication: Authentication,
        credentialHeader: String = "Authorization", reads: [ReadDeclaration],
        catalogue: [CatalogueEntry] = [], secrets: SecretKeys,
        make: @escaping @Sendable (BackendSettings, any ReadTransport) -> any Adapter
    ) {
        self.secrets = secrets
        self.kind = kind
        self.file = file
        self.title = title
        self.basePath = basePath
        self.authentication = authentication
        self.credentialHeader = credentialHeader
        self.reads = reads
        self.catalogue = catalogue
        self.make = { settings, transport in
            let adapter = make(settings, transport)
            return adapter.browser.map { BrowsingAdapter(adapter, $0) } ?? adapter
        }
    }

    /// What a backend's configuration must hold to log in.
    public enum Authentication: Sendable, Hashable {
        /// `token`.
        case token
        /// `user` and `password`.
        case password
        /// Nothing.
        case none
    }
}

/// The settings of one backend, as its adapter gets them.
public struct BackendSettings: Sendable {
    /// Its place in the configuration.
    public let id: BackendID
    /// The name in the backend column.
    public let name: String
    /// Where it is.
    public let endpoint: Endpoint
    /// The user where the API wants one.
    public let user: String?
    /// The token or password.
    public let secret: Secret
    /// The zone of the server's times where the configuration says it.
    public let clock: ServerClock?
    /// The moment of the wall clock.
    public let now: @Sendable () -> Timestamp
    /// Waits some seconds; tests move a clock instead.
    public private(set) var pause: @Sendable (Double) async throws(CancellationError) -> Void
    /// The login name of who runs this; empty where nobody does.
    package var operatorName = ""
    /// Seconds for which a question of who the server is stands alone, before it is asked in another way too.
    package var probeWait = 3.0

    /// Describes a backend.
    public init(
        id: BackendID, name: String, endpoint: Endpoint, user: String? = nil, secret: Secret,
        clock: ServerClock? = nil, now: @escaping @Sendable () -> Timestamp,
        pause: @escaping @Sendable (Double) async throws(CancellationError) -> Void = BackendSettings.sleep
    ) {
        self.id = id
        self.name = name
        self.endpoint = endpoint
        self.user = user
        self.secret = secret
        self.clock = clock
        self.now = now
        self.pause = pause
    }

    /// The same backend with another way to wait.
    package func pausing(
        by pause: @escaping @Sendable (Double) async throws(CancellationError) -> Void
    ) -> BackendSettings {
        var settings = self
        settings.pause = pause
        return settings
    }

    /// Waits by the real clock.
    public static func sleep(_ seconds: Double) async throws(CancellationError) {
        do { try await Task.sleep(for: .seconds(seconds)) } catch { throw CancellationError() }
    }
}

/// A text that never shows itself: every description is `•••`.
public struct Secret: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable
{
    private let text: String

    /// Wraps a secret.
    public init(_ text: String) { self.text = text }

    /// The secret itself, for the header or body that carries it.
    public var exposed: String { text }
    /// Whether there is none.
    public var isEmpty: Bool { text.isEmpty }
    /// Never the secret.
    public var description: String { "•••" }
    /// Never the secret.
    public var debugDescription: String { "•••" }
    /// Never the secret.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
