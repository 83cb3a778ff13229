internal import AdapterKit
internal import Domain
package import HTTP

/// An adapter as a file describes it: what it reads, what it lists, what it can do.
package struct Description: Sendable {
    /// The name that a configuration chooses it by: the file's without `.toml`.
    package var name: String
    /// What people call the kind of server.
    package var title: String
    /// The path that is appended to a url that has none.
    package var basePath = ""
    /// How it logs in.
    package var login = Login.none
    /// How it is known that this server is one of the kind.
    package var probe: Probe
    /// What it lists.
    package var resources: [DeclaredResource] = []
    /// What can be done.
    package var commands: [DeclaredCommand] = []
    /// How it answers.
    package var answers = Answers()
    /// Names of members that hold secrets, besides those that mean one everywhere.
    package var secrets: Set<String> = []

    /// Describes an adapter that lists nothing yet.
    package init(name: String, title: String, probe: Probe) {
        self.name = name
        self.title = title
        self.probe = probe
    }

    /// How it logs in.
    package enum Login: Sendable {
        /// Not at all.
        case none
        /// With the token in a header field, behind some words such as `Bearer `.
        case token(header: String, prefix: String)
        /// With user and password by HTTP Basic.
        case basic
        /// With a request that answers with a token for the header.
        case post(LoginRequest)
    }

    /// A request that answers with a token.
    package struct LoginRequest: Sendable {
        let path: PathTemplate
        let body: BodyTemplate
        let token: Pointer
        let header: String
        let prefix: String

        /// Describes a login.
        package init(path: PathTemplate, body: BodyTemplate, token: Pointer, header: String, prefix: String) {
            self.path = path
            self.body = body
            self.token = token
            self.header = header
            self.prefix = prefix
        }
    }

    /// What is read to know the server.
    package struct Probe: Sendable {
        let read: DeclaredRead
        let expect: Pointer
        let version: Pointer?

        /// Describes what is read, what its answer must hold, and where the version stands in it.
        package init(_ read: DeclaredRead, expect: Pointer, version: Pointer?) {
            self.read = read
            self.expect = expect
            self.version = version
        }
    }

    /// How the server answers.
    package struct Answers: Sendable {
        /// Where it says what is wrong, the best first.
        package var errors: [Pointer] = []
        /// What says that it did what a command asked; nothing where any JSON does.
        package var success: Condition?
        /// Makes those of a server that says nothing.
        package init() {}
    }

    /// Everything that it may read: what the file reads, and nothing else.
    package var reads: [ReadDeclaration] {
        var reads = [ReadDeclaration(probe.read.path)]
        for resource in resources {
            reads.append(ReadDeclaration(resource.read.path))
            if let item = resource.item { reads.append(ReadDeclaration(item.read.path)) }
            if let search = resource.search { reads.append(ReadDeclaration(search.read.path)) }
            reads += resource.sections.map { ReadDeclaration($0.read.path) }
        }
        reads += commands.compactMap { $0.verification.source.map { ReadDeclaration($0.read.path) } }
        if case .post(let request) = login { reads.append(ReadDeclaration(request.path, method: .post)) }
        var seen: Set<ReadDeclaration> = []
        return reads.filter { seen.insert($0).inserted }
    }

    var authentication: AdapterDescriptor.Authentication {
        switch login {
        case .none: .none
        case .token: .token
        case .basic, .post: .password
        }
    }

    var credentialHeader: String {
        switch login {
        case .none, .basic: "Authorization"
        case .token(let header, _): header
        case .post(let request): request.header
        }
    }
}

/// One request that reads.
package struct DeclaredRead: Sendable {
    let path: PathTemplate
    /// What the places of the path are filled with, besides `{id}`.
    let parameters: [String: Template]
    let query: [(key: String, value: Template)]
    /// Where it stands in its file, for words about what it answers: `alertmanager.toml:12:8`.
    let place: String

    /// Whether what somebody searches for is part of it.
    package var takesText: Bool {
        parameters.values.contains(where: \.takesText) || query.contains(where: \.value.takesText)
    }

    /// All templates of it.
    package var templates: [Template] { Array(parameters.values) + query.map(\.value) }

    /// Describes a request.
    package init(
        _ path: PathTemplate, _ parameters: [String: Template] = [:],
        query: [(key: String, value: Template)] = [], place: String
    ) {
        self.path = path
        self.parameters = parameters
        self.query = query
        self.place = place
    }
}
