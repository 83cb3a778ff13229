public import AdapterKit
import Domain
public import HTTP

/// What every adapter owes the application, checked against one that runs.
///
/// Each check makes an adapter of its own and gives what it found wrong, a sentence each; nothing is fine. The
/// tests of an adapter run it on a healthy server of each dialect:
/// ```swift
/// let contract = AdapterContract(descriptor, settings, transport)
/// #expect(await contract.faults() == [])
/// ```
public struct AdapterContract: Sendable {
    let descriptor: AdapterDescriptor
    let settings: BackendSettings
    let transport: any ReadTransport

    /// Prepares the checks.
    ///
    /// - Parameters:
    ///   - descriptor: the adapter's, with a `make` that does not wait where the real one is gentle to servers.
    ///   - settings: those of a backend whose server is healthy and has rows of every resource.
    ///   - transport: the way to it.
    public init(
        _ descriptor: AdapterDescriptor, _ settings: BackendSettings, _ transport: any ReadTransport
    ) {
        self.descriptor = descriptor
        self.settings = settings
        self.transport = transport
    }

    func adapter(over transport: any ReadTransport) -> any Adapter { descriptor.make(settings, transport) }

    /// An adapter whose clock goes on by some seconds after its first look, so that nothing it remembers is still good.
    func adapter(over transport: any ReadTransport, by clock: ShiftedClock) -> any Adapter {
        let earlier = settings
        let settings = BackendSettings(
            id: earlier.id, name: earlier.name, endpoint: earlier.endpoint, user: earlier.user,
            secret: earlier.secret, clock: earlier.clock, now: { clock.shift(earlier.now()) },
            pause: earlier.pause)
        return descriptor.make(settings, transport)
    }

    /// The secret must be nowhere but in the requests.
    func leak(_ text: String, in place: String) -> [String] {
        let secret = settings.secret.exposed
        return secret.isEmpty || !text.contains(secret) ? [] : ["\(place) holds the secret"]
    }

    /// Words for the operator: some, clean, and without the secret.
    func fault(in words: String, of place: String) -> [String] {
        var faults = leak(words, in: place)
        if words.allSatisfy(\.isWhitespace) { faults.append("\(place) has no words") }
        if words.unicodeScalars.contains(where: { Cleaning.isHostile($0) }) {
            faults.append("\(place) has hostile characters")
        }
        return faults
    }
}
