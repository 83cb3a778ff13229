public import AdapterKit
public import HTTP

extension Endpoint {
    /// The name that all screens of a team have for a server: its kind and where it is, whatever each of them calls it.
    public func teamServer(_ descriptor: AdapterDescriptor) -> String {
        let kind = descriptor.file.map { "\(descriptor.kind) \($0)" } ?? descriptor.kind
        return "\(kind) \(origin)\(basePath)"
    }

    /// The name under which what a server said is shared.
    public func teamSource(_ descriptor: AdapterDescriptor) -> String {
        // Who believes any certificate may have been told anything: that is shared among such alone.
        teamServer(descriptor) + (trust.insecure ? " insecure" : "")
    }
}
