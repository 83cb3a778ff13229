import Domain
import Foundation
import Testing

@testable import History

@Suite("Several processes on one history")
struct SharingTests {
    @Test("what two see is recorded once, and both tell it", arguments: Shelf.all)
    func once(kind: Shelf.Kind) throws {
        let archive = try Shelf(kind)
        let one = Watchman(archive.store)
        let other = Watchman(archive.another(), from: 1_004)
        for man in [one, other] { try man.read(Lists.devices([1: "up"])) }
        let told = [one, other].map { try? $0.read(Lists.devices([1: "down"])) }
        #expect(told[0] == told[1])
        #expect(try archive.all().map(\.short) == ["edge1 up>down"])
        for man in [other, one] { try man.read(Lists.devices([1: "up"])) }
        #expect(try archive.all().map(\.short) == ["edge1 up>down", "edge1 down>up"])
    }

    @Test(
        "an answer that was under way while another process saw a newer one does not turn it back",
        arguments: Shelf.all)
    func slow(kind: Shelf.Kind) throws {
        let archive = try Shelf(kind)
        let one = Watchman(archive.store)
        let slow = Watchman(archive.another(), from: 1_000)
        for man in [one, slow] { try man.read(Lists.devices([1: "up"])) }
        try one.read(Lists.devices([1: "down"]), at: 1_100)
        #expect(try slow.read(Lists.devices([1: "up"]), taking: 60, at: 1_090).isEmpty)
        #expect(try slow.read(Lists.devices([1: "down"]), at: 1_200).map(\.short) == ["edge1 up>down"])
        #expect(try archive.all().map(\.short) == ["edge1 up>down"])
    }

    @Test(
        "what could not be judged because both saw it at once is judged by the next answer",
        arguments: Shelf.all)
    func unsettled(kind: Shelf.Kind) throws {
        let archive = try Shelf(kind)
        let one = Watchman(archive.store)
        let slow = Watchman(archive.another(), from: 1_000)
        for man in [one, slow] { try man.read(Lists.devices([1: "up"])) }
        try one.read(Lists.devices([1: "down"]), at: 1_100)
        #expect(try slow.read(Lists.devices([1: "up"]), taking: 60, at: 1_090).isEmpty)
        // It is up again, and stays as this process knew it all the time.
        #expect(try slow.read(Lists.devices([1: "up"]), at: 1_200).map(\.short) == ["edge1 down>up"])
    }

    @Test("many that open a new history at once, and write, lose nothing", arguments: Shelf.all)
    func opening(kind: Shelf.Kind) async throws {
        let archive = try Shelf(kind)
        let counts = await withTaskGroup(of: Int.self) { group in
            for number in 0..<8 {
                let store = archive.another()
                group.addTask {
                    let changes = (0..<20).map { step in
                        StateChange(
                            EntityName(backend: "core", kind: .device, id: "\(number)"), name: "d\(number)",
                            before: nil, after: "state \(step)", seenAt: Timestamp(2_000 + Int64(step)))
                    }
                    return changes.reduce(0) { $0 + ((try? store.record([$1]).count) ?? 0) }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(counts == Array(repeating: 20, count: 8))
        let all = try archive.all()
        #expect(all.count == 160)
        #expect(all.map(\.place) == Array(1...160))
        #expect(zip(all, all.dropFirst()).allSatisfy { $0.seenAt <= $1.seenAt })
    }

    @Test("the file and what stands beside it are for their owner alone")
    func permissions() throws {
        let archive = try Archive()
        try Watchman(archive.store).read(Lists.devices([1: "up"]))
        #expect(archive.files == ["history.sqlite", "history.sqlite-shm", "history.sqlite-wal"])
        func mode(_ path: String) throws -> Int? {
            try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        }
        for name in archive.files { #expect(try mode(archive.directory + "/state/" + name) == 0o600) }
        #expect(try mode(archive.directory + "/state") == 0o700)
    }

    @Test("of a row nothing is stored but its state, names, place and, of an alert, what people wrote to it")
    func noSecrets() throws {
        let archive = try Archive()
        let man = Watchman(archive.store)
        for state in ["up", "down", "up"] {
            for resource in [Lists.devices, Lists.alerts, Lists.ports] {
                var builder = TableBuilder(resource, Lists.backend)
                builder.begin(EntityRef(Lists.backend, resource.kind, id: 4))
                for (place, field) in resource.fields.enumerated() {
                    switch field.type {
                    case .state: builder.set(place, text: state)
                    case .severity: builder.set(place, text: "critical")
                    case .text, .word: builder.set(place, text: "marker-\(resource.kind)-\(field.key)")
                    case .ref(let kind):
                        builder.set(
                            place, ref: EntityRef(Lists.backend, kind, id: 1),
                            name: "marker-\(resource.kind)-\(field.key)")
                    default: builder.set(place, integer: 77)
                    }
                }
                try man.read(builder.finish())
            }
        }
        try man.tidy()
        let text = String(decoding: archive.bytes, as: UTF8.self)
        let kept = [
            "device-name", "device-location", "alert-name", "alert-device", "alert-note", "port-name",
            "port-device",
        ]
        for marker in kept { #expect(text.contains("marker-\(marker)"), "\(marker)") }
        for marker in ["device-ip", "device-note", "device-password", "alert-output"] {
            #expect(!text.contains("marker-\(marker)"), "\(marker)")
        }
    }
}
