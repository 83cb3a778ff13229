public import AdapterKit
public import HTTP
public import Team

/// A server as one account reads it, and what this screen calls it.
///
/// What is recorded is kept for the server and the account: other screens may call the server otherwise, and another
/// account may see other rows of it.
public struct TeamHistorySource: Sendable {
    /// The name of the backend in the configuration.
    let backend: String
    /// The server in the team's store.
    let server: String
    /// Who reads there.
    let account: TeamAccount

    /// Names a backend.
    public init(
        backend: String, endpoint: Endpoint, descriptor: AdapterDescriptor, account: TeamAccount
    ) {
        self.init(backend: backend, server: endpoint.teamSource(descriptor), account: account)
    }

    /// Names a server as the team's store does.
    package init(backend: String, server: String, account: TeamAccount) {
        (self.backend, self.server, self.account) = (backend, server, account)
    }
}
