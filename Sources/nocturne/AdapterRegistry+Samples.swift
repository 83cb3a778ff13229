import AdapterKit
import Dashboard
import Domain
import HTTP

extension AdapterDescriptor {
    /// An adapter of this kind that is only asked what it usually offers; it reaches nothing.
    var sample: any Adapter {
        make(
            BackendSettings(
                id: BackendID(0), name: kind,
                endpoint: Endpoint(origin: Origin(scheme: "http", host: "localhost", port: 80), basePath: ""),
                secret: Secret(""), now: { Timestamp(0) }), NoTransport())
    }
}

/// For adapters that are only asked what they offer.
private struct NoTransport: ReadTransport {
    func read(_ request: ReadRequest) async throws(TransportError) -> Response {
        throw .refused("nothing is configured to be read")
    }
}

extension AdapterRegistry {
    /// What an adapter of each kind usually offers, in the order of the adapters.
    static let samples: [(resources: [ResourceDescriptor], commands: [CommandDescriptor])] = all.map {
        let sample = $0.sample
        return (sample.resources, sample.commands)
    }

    /// Everything that any kind of backend usually lists.
    static let resources: [ResourceDescriptor] = samples.flatMap(\.resources)

    /// Every command that any kind of backend may offer, each once, in the order of the adapters; what several
    /// kinds offer has all their questions.
    ///
    /// What changes a path is left out: `browse` takes paths.
    static let commands: [CommandDescriptor] = {
        var all: [CommandDescriptor] = []
        for command in samples.flatMap(\.commands) where !Browser.has(command.kind) {
            guard let place = all.firstIndex(where: { $0.kind == command.kind }) else {
                all.append(command)
                continue
            }
            all[place] = CommandDescriptor.joined([all[place], command]) ?? all[place]
        }
        return all
    }()
}
