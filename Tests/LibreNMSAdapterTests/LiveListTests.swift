import AdapterKit
import Domain
import HTTP
import Simulator
import Testing

@testable import LibreNMSAdapter

@Suite("LibreNMS over HTTP: lists")
struct LiveListTests {
    @Test("both dialects give the same devices and ports of one world, and the same alerts")
    func sameWorld() async throws {
        var tables: [[ResourceKind: Table]] = []
        for release in LiveLibreNMS.releases {
            try await withLiveServer(release) { live in
                var kinds: [ResourceKind: Table] = [:]
                for kind in [ResourceKind.device, .port, .alert] { kinds[kind] = try await live.table(kind) }
                tables.append(kinds)
            }
        }
        for kind in [ResourceKind.device, .port] {
            let (old, modern) = (try #require(tables[0][kind]), try #require(tables[1][kind]))
            #expect(old.count > 50)
            #expect(Set(old.refs) == Set(modern.refs))
            for entity in old.refs {
                let rows = (try #require(old.row(of: entity)), try #require(modern.row(of: entity)))
                let state: FieldKey = kind == .device ? .status : "oper"
                #expect(old.text(rows.0, state) == modern.text(rows.1, state), "\(entity)")
                #expect(old.name(rows.0) == modern.name(rows.1))
            }
        }
        let (old, modern) = (try #require(tables[0][.alert]), try #require(tables[1][.alert]))
        // Newer servers hide alerts whose rule is gone.
        let named = old.refs.filter { !old.text(old.row(of: $0) ?? 0, .severity).hasPrefix("unknown") }
        #expect(Set(named) == Set(modern.refs))
        let states = Set((0..<modern.count).map { modern.text($0, .state) })
        #expect(states.isSuperset(of: ["open", "acknowledged"]))
        for entity in named {
            let rows = (try #require(old.row(of: entity)), try #require(modern.row(of: entity)))
            for field in [FieldKey.severity, .state, .rule, .device] {
                #expect(old.text(rows.0, field) == modern.text(rows.1, field), "\(field) of \(entity)")
            }
        }
    }

    @Test("times are the same wherever the server stands", arguments: LiveLibreNMS.releases)
    func zones(release: LibreNMSRelease) async throws {
        var times: [[EntityRef: Int64]] = []
        for zone in [0, 19_800, -5 * 3600] {
            try await withLiveServer(release, zone: zone) { live in
                #expect(try await live.server.check().clock == ServerClock(offset: zone, isCertain: true))
                let alerts = try await live.table(.alert)
                times.append(
                    Dictionary(
                        uniqueKeysWithValues: alerts.refs.enumerated().map {
                            ($1, alerts.integer($0, .since) ?? 0)
                        }))
            }
        }
        #expect(times[0].count > 5)
        #expect(times[1] == times[0])
        #expect(times[2] == times[0])
    }

    @Test(
        "a server in trouble says why, and its earlier rows stay", arguments: LiveLibreNMS.releases,
        [
            (Fault.Kind.html, BackendError.Kind.refused), (.badJSON, .invalid), (.truncated, .unreachable),
            (.status(502), .server), (.tooMany(retryAfter: 9), .server), (.refusedToken, .refused),
        ])
    func faults(release: LibreNMSRelease, fault: (Fault.Kind, BackendError.Kind)) async throws {
        try await withLiveServer(release) { live in
            let sink = MergingSink()
            _ = try await live.server.refresh(Query(.device), into: sink)
            let before = sink.table
            live.simulator.setFaults([Fault(fault.0)])
            do throws(BackendError) {
                _ = try await live.server.refresh(Query(.device), into: sink)
                Issue.record("no error")
            } catch {
                #expect(error.kind == fault.1, "\(error.words)")
                #expect(!error.words.isEmpty)
            }
            #expect(sink.table == before)
            live.simulator.setFaults([])
            #expect(try await live.server.refresh(Query(.device), into: sink) == .complete)
        }
    }

    @Test("a server that hangs is given up in time", arguments: LiveLibreNMS.releases)
    func hanging(release: LibreNMSRelease) async throws {
        try await withLiveServer(release) { live in
            let hurried = try await live.hurried()
            live.simulator.setFaults([Fault(.hang)])
            for kind in [ResourceKind.device, .port, .alert, .rule] {
                let sink = MergingSink()
                do throws(BackendError) {
                    _ = try await hurried.refresh(Query(kind), into: sink)
                    Issue.record("no error of \(kind)")
                } catch {
                    #expect(error.kind == .timedOut, "\(error.words)")
                }
                #expect(sink.pages == 0)
            }
        }
    }

    @Test(
        "devices that hang hide no alerts: the clock that is learnt from them is given up",
        arguments: LiveLibreNMS.releases)
    func hangingDevices(release: LibreNMSRelease) async throws {
        // Nobody has any patience: what waits for a moment is given up at once.
        try await withLiveServer(release, pause: { _ in }) { live in
            live.simulator.setFaults([Fault(.hang, at: "/api/v0/devices")])
            #expect(try await live.server.check().clock.isCertain == false)
            let alerts = try await live.table(.alert)
            #expect(alerts.count > 5)
        }
    }

    @Test("a wrong token is refused, before anything is shown", arguments: LiveLibreNMS.releases)
    func wrongToken(release: LibreNMSRelease) async throws {
        try await withLiveServer(release, token: "wr0ng") { live in
            do throws(BackendError) {
                _ = try await live.server.check()
                Issue.record("no error")
            } catch {
                #expect(error.kind == .refused)
                #expect(!error.words.contains("wr0ng"))
            }
        }
    }

    @Test("an old server's ports cost a request per device, in as many requests as there are devices")
    func sweep() async throws {
        try await withLiveServer(.release2016) { live in
            let devices = try await live.table(.device)
            live.simulator.forgetArrivals()
            let ports = try await live.table(.port)
            #expect(ports.count > 1000)
            let asked = live.simulator.arrivals().filter { $0.path.hasSuffix("/ports") }
            #expect(Set(asked.map(\.path)).count == devices.count)
        }
    }
}
