package import AdapterKit
package import Domain
internal import HTTP

/// Adapters that files describe.
package enum Declared {
    /// The word in a configuration's `kind`; `adapter` names the file.
    package static let kind = "declared"

    /// The kind of adapter that a description makes.
    package static func descriptor(_ description: Description) -> AdapterDescriptor {
        AdapterDescriptor(
            kind: kind, file: description.name, title: description.title, basePath: description.basePath,
            authentication: description.authentication, credentialHeader: description.credentialHeader,
            reads: description.reads, secrets: SecretKeys(whole: description.secrets),
            make: { DeclaredServer(description, $0, $1) })
    }

    /// What each pointer of a description matches at a server.
    ///
    /// - Throws: `unsupported` for an adapter that no file describes.
    package static func survey(of adapter: any Adapter) async throws(BackendError) -> Survey {
        guard let server = adapter as? DeclaredServer else {
            throw BackendError(.unsupported, "no file describes this adapter")
        }
        return try await server.survey()
    }
}
