import AdapterContract
import HTTP
import Simulator
import Testing

@testable import KrillAdapter

@Suite("Krill: what every adapter owes")
struct ContractTests {
    @Test("lists and details of a healthy server are whole, clean and declared", arguments: [true, false])
    func reading(hasLogin: Bool) async throws {
        try await withLiveKrill(hasLogin: hasLogin) { live in
            let faults = await contract(live).reading()
            #expect(faults == [])
            #expect(live.commands == [])
        }
    }

    @Test("a server in trouble never looks like one without rows", arguments: [true, false])
    func trouble(hasLogin: Bool) async throws {
        try await withLiveKrill(hasLogin: hasLogin) { live in
            let faults = await contract(live).trouble()
            #expect(faults == [])
        }
    }

    @Test("commands are made from what was read, outcomes from what is read after", arguments: [true, false])
    func commanding(hasLogin: Bool) async throws {
        try await withLiveKrill(hasLogin: hasLogin) { live in
            let faults = await contract(live).commanding()
            #expect(faults == [])
            #expect(live.commands == [])
        }
    }

    private func contract(_ live: LiveKrill) -> AdapterContract {
        AdapterContract(
            Krill.descriptor, live.settings, PatientTransport(transport: live.transport, world: live.world))
    }
}

/// Lets a minute pass before each login: Krill lets nobody in who tries too often.
struct PatientTransport: ReadTransport {
    let transport: any ReadTransport
    let world: World

    func read(_ request: ReadRequest) async throws(TransportError) -> Response {
        if request.template == Path.login { world.advance(by: 60) }
        return try await transport.read(request)
    }
}
