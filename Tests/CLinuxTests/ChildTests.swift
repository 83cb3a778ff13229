import CLinux
import Testing

/// A C array of C strings, ended by nil, for as long as the body runs.
func withArguments<Result>(
    _ texts: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> Result
) -> Result {
    let copies = texts.map { text in
        let bytes = Array(text.utf8CString)
        let copy = UnsafeMutableBufferPointer<CChar>.allocate(capacity: bytes.count)
        _ = copy.initialize(from: bytes)
        return copy
    }
    defer { for copy in copies { copy.deallocate() } }
    let pointers = copies.map { UnsafePointer($0.baseAddress) } + [nil]
    return pointers.withUnsafeBufferPointer { body($0.baseAddress) }
}

@Suite("children")
struct ChildTests {
    private struct Capture {
        var count: Int64
        var text: String
        var code: Int32
    }

    private func capture(
        _ arguments: [String], withheld: [String] = [], milliseconds: Int32 = 20_000, capacity: Int = 4096
    ) -> Capture {
        var buffer = [UInt8](repeating: 0, count: capacity)
        var code: Int32 = -1
        let count = withArguments(arguments) { arguments in
            withArguments(withheld) { withheld in
                clinux_child_capture(arguments, withheld, milliseconds, &buffer, capacity, &code)
            }
        }
        return Capture(
            count: count, text: String(decoding: buffer.prefix(Int(max(0, count))), as: UTF8.self), code: code
        )
    }

    @Test("what a command prints is captured with its exit code")
    func output() {
        let result = capture(["sh", "-c", "echo secret; exit 3"])
        #expect(result.text == "secret\n")
        #expect(result.code == 3)
    }

    @Test("a command that is not there is told at once")
    func missing() {
        #expect(capture(["/nonexistent/pass"]).count == -2)
    }

    @Test("a command that hangs is ended with its whole session when its time is over")
    func timeout() {
        let result = capture(["sh", "-c", "sleep 1000 & sleep 1000"], milliseconds: 50)
        #expect(result.count == -110)
        #expect(result.code == 128 + 9)
    }

    @Test("a command that prints too much is ended")
    func tooMuch() {
        #expect(capture(["sh", "-c", "while :; do echo xxxxxxxx; done"], capacity: 100).count == -27)
    }

    @Test("a command has no input, no terminal and a session of its own")
    func session() {
        let script =
            "cat; ps -o sid= -p $$ | tr -d ' ' | grep -qx $$ && echo own; (: </dev/tty) 2>/dev/null || echo none"
        #expect(capture(["sh", "-c", script]).text == "own\nnone\n")
    }

    @Test("a command sees no blocked signal, and none of our descriptors")
    func cleanStart() {
        let signals = clinux_signals_open()
        let file = clinux_open_read("/dev/null")
        defer {
            _ = clinux_close(signals)
            _ = clinux_close(file)
        }
        let result = capture(["sh", "-c", "grep SigBlk /proc/self/status; exec ls /proc/self/fd"])
        // The last is the directory that ls itself reads.
        #expect(result.text == "SigBlk:\t0000000000000000\n0\n1\n2\n3\n")
    }

    @Test("withheld variables do not reach the command, others do")
    func environment() {
        let script = "echo ${PATH:+has} ${PATH:-none}"
        #expect(capture(["/bin/sh", "-c", script]).text.hasPrefix("has "))
        #expect(capture(["/bin/sh", "-c", "env"], withheld: ["HOME"]).text.contains("HOME=") == false)
    }

    @Test("a child that is dismissed ends, and so does what it started and hears nothing")
    func dismissed() throws {
        var number: UInt64 = 0
        _ = clinux_random(&number, 8)
        let path = "/tmp/nocturne-tests-\(number)"
        defer { _ = clinux_remove(path) }
        let script =
            "(trap '' TERM; echo $(exec sh -c 'echo $PPID') >\(path); echo ready >>\(path); sleep 1000; sleep 1000) & "
            + "trap 'exit 0' TERM; wait"
        let pid = withArguments(["sh", "-c", script]) { arguments in
            var child = clinux_child()
            child.arguments = arguments
            child.input = Int32(clinux_null)
            child.output = Int32(clinux_null)
            child.error = Int32(clinux_null)
            return clinux_child_start(&child)
        }
        #expect(pid > 0)
        var lines: [Substring] = []
        while lines.count < 2 {
            _ = clinux_wait(nil, 0, 1_000_000)
            let file = clinux_open_read(path)
            guard file >= 0 else { continue }
            var buffer = [UInt8](repeating: 0, count: 64)
            let count = clinux_read(file, &buffer, buffer.count)
            _ = clinux_close(file)
            lines = String(decoding: buffer.prefix(Int(max(0, count))), as: UTF8.self).split(separator: "\n")
        }
        let grandchild = try #require(Int32(lines[0]))
        clinux_child_dismiss(pid, 50_000_000)
        var code: Int32 = 0
        // It was waited for: nobody knows it any more.
        #expect(clinux_child_ended(pid, &code) == -10)
        // Whoever adopts the other waits for it in a moment.
        while isRunning(grandchild) { _ = clinux_wait(nil, 0, 1_000_000) }
    }

    private func isRunning(_ pid: Int32) -> Bool {
        let result = capture([
            "sh", "-c", "read -r line 2>/dev/null </proc/\(pid)/stat && echo \"${line##*) }\"",
        ])
        return !result.text.isEmpty && !result.text.hasPrefix("Z")
    }
}
