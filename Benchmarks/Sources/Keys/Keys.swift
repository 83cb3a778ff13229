import Glibc

/// Types into nocturne and into a table in C on ncurses, by turns, and compares the ratios with those written down.
///
/// `Keys NOCTURNE [--record]`; `Keys NOCTURNE --lines` tells what slow lines make of ten minutes.
@main
enum Keys {
    private static let ports = 100_000
    private static let rounds = 5

    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count > 1, let slash = arguments[0].lastIndex(of: "/") else {
            print("usage: Keys NOCTURNE [--record | --lines]")
            exit(2)
        }
        let baseline = arguments[0][...slash] + "Baseline"
        guard var home = Optional(Array("/tmp/nocturne-keys-XXXXXX".utf8CString)), mkdtemp(&home) != nil
        else {
            throw KeysFault.noServer
        }
        let directory = String(decoding: home.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        if arguments.dropFirst(2).first == "--lines" { return try Lines.run(arguments[1], home: directory) }
        let servers = try Servers(arguments[1], ports: ports)
        defer { servers.end() }
        let path = "\(directory)/config.toml"
        write(servers.configuration, to: path)

        var found = Figures()
        let commands = [("nocturne", [arguments[1], "--config", path]), ("C", [String(baseline)])]
        for (name, command) in (1..<rounds).flatMap({ _ in commands }) {
            try start(name, command, home: directory, &found).end()
        }
        let nocturne = try start("nocturne", commands[0].1, home: directory, &found)
        let table = try start("C", commands[1].1, home: directory, &found)
        defer {
            nocturne.end()
            table.end()
        }
        nocturne.type("2")
        // All rows are there when nothing but the clock is written any more.
        for _ in 0..<60 where nocturne.listen(silence: 700, most: 3).bytes > 400 {}
        for _ in 0..<rounds {
            for program in [nocturne, table] { round(program, &found) }
        }
        found.report()
        let file = "Benchmarks/ratios.tsv"
        if arguments.dropFirst(2).first == "--record" {
            write(found.recorded, to: file)
        } else {
            found.compare(with: read(file))
        }
    }

    /// Starts a program, and waits for its first frame.
    private static func start(
        _ name: String, _ command: [String], home: String, _ found: inout Figures
    ) throws -> Watched {
        let begin = ContinuousClock.now
        let program = try Watched(name, command, home: home)
        found.add("first frame, ms", program, program.listen(from: begin, silence: 200).picture)
        return program
    }

    private static func round(_ program: Watched, _ found: inout Figures) {
        program.type("g")
        for _ in 0..<30 {
            let answer = program.type("j")
            found.add("cursor key, first byte, ms", program, answer.first)
            found.add("cursor key, bytes", program, Double(answer.bytes))
        }
        for _ in 0..<10 {
            let answer = program.type("\u{1B}[6~")
            found.add("page down, last byte, ms", program, answer.last)
            found.add("page down, bytes", program, Double(answer.bytes))
        }
        program.type("g")
        // By a text, and then the other way round.
        program.type(program.name == "C" ? "ssss" : ">>>>", silence: 400)
        for _ in 0..<3 {
            found.add("sort by a text again, ms", program, program.type("S", silence: 300).last)
        }
        program.type("/")
        found.add("filter key, ms", program, program.type("c", silence: 300).last)
        found.add("next filter key, ms", program, program.type("o", silence: 300).last)
        program.type("\u{1B}", silence: 400)
        found.add("resize to 200×60, bytes", program, Double(program.resize(200, 60).bytes))
        _ = program.resize(120, 40)
        program.listen(silence: 200, most: 2)
    }

    private static func write(_ text: String, to path: String) {
        guard let file = fopen(path, "w") else { return print("\(path) can't be written") }
        fputs(text, file)
        fclose(file)
    }

    private static func read(_ path: String) -> String {
        guard let file = fopen(path, "r") else { return "" }
        defer { fclose(file) }
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = fread(&buffer, 1, buffer.count, file)
        return String(decoding: buffer[..<count], as: UTF8.self)
    }
}
