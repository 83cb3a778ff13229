import Domain
import Foundation
import Testing

@testable import History

@Suite("A process that is killed while it writes")
struct KillTests {
    /// The program beside the tests that writes without end.
    private static func writer() -> URL? {
        for bundle in Bundle.allBundles.map(\.bundleURL) + [Bundle.main.bundleURL] {
            for folder in [bundle, bundle.deletingLastPathComponent()] {
                let file = folder.appending(path: "HistoryWriter")
                if FileManager.default.isExecutableFile(atPath: file.path) { return file }
            }
        }
        return nil
    }

    @Test("at 200 random moments the history opens, whole, and has nothing that did not happen")
    func killed() throws {
        let archive = try Archive()
        var random = SystemRandomNumberGenerator()
        var most: Int64 = 0
        for _ in 0..<200 {
            let told = try run(archive.path, lines: Int.random(in: 0...6, using: &random), &random)
            let facts = try archive.store.facts(isThorough: true)
            #expect(facts.faults.isEmpty)
            // What it said was written is there; three changes at a time are there, or none of the three.
            #expect(facts.changes >= max(told, most))
            #expect(facts.changes % 3 == 0)
            #expect(try archive.store.sampleFacts(isThorough: true).faults.isEmpty)
            most = facts.changes
            // As another process that starts does.
            archive.store.close()
        }
        #expect(most > 200)
        for (number, change) in try archive.all().enumerated() {
            #expect(change.place == Int64(number) + 1)
            #expect(change.after == "state \(number)")
            #expect(change.entity.id == "\(number % 7)")
        }
        try expectWholeSamples(archive, rounds: most / 3)
        #expect(archive.files.allSatisfy { !$0.contains("damaged") })
    }

    /// Every reading of values is there whole or not at all: all ports have the same ones, each once, at its time.
    private func expectWholeSamples(_ archive: Archive, rounds: Int64) throws {
        func samples(_ port: Int) throws -> [StoredSeries] {
            try archive.store.recall(
                SampleQuery(
                    EntityName(backend: "core", kind: .port, id: "\(port)"), since: Timestamp(0),
                    until: Timestamp(.max))
            ).series
        }
        let first = try samples(0)
        #expect(first.count == 2 && first[0].samples == first[1].samples)
        var measured = 0
        for sample in first.first?.samples ?? [] {
            let round = Double(sample.at.seconds - 1_800_000_000) / 1_800
            measured += sample.count
            // Two rounds lie in an hour.
            let mean = sample.count == 2 ? round.rounded(.up) + 0.5 : round
            #expect(abs(sample.mean - mean * 1_000) <= mean, "\(sample)")
        }
        // What was killed between the changes and the values of a round has none.
        #expect(measured <= Int(rounds) && measured >= Int(rounds) - 200)
        for port in [1, 255, 256, 299] { #expect(try samples(port) == first) }
    }

    /// Lets the writer say some lines and kills it then; the last number that it said.
    private func run(_ path: String, lines: Int, _ random: inout SystemRandomNumberGenerator) throws -> Int64
    {
        let process = Process()
        let writer: URL = try #require(Self.writer())
        process.executableURL = writer
        process.arguments = [path]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        var text = Data()
        let output = pipe.fileHandleForReading
        while text.count(where: { $0 == 10 }) < lines {
            let more = output.availableData
            if more.isEmpty { break }
            text += more
        }
        // A moment between two lines: until it says more, or so many thousandths of a second went by.
        var wait = pollfd(fd: output.fileDescriptor, events: 0, revents: 0)
        poll(&wait, 1, Int32.random(in: 0...9, using: &random))
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        #expect(process.terminationReason == .uncaughtSignal)
        text += output.readDataToEndOfFile()
        let whole = String(decoding: text, as: UTF8.self).split(
            separator: "\n", omittingEmptySubsequences: false
        )
        .dropLast()
        return whole.last.flatMap { Int64($0) } ?? 0
    }
}
