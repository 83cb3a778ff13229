/// Ten minutes of somebody on call: when which keys are pressed, in seconds.
enum Story {
    static let seconds = 600

    static let keys: [(at: Double, keys: String)] =
        typed(8, "3") + slowly(12, "jj") + typed(14, "\r") + typed(25, escape) + typed(28, "a")
        + slowly(29, "looking") + typed(38, "\r") + typed(50, "/") + slowly(51, "core") + typed(54, "\r")
        + slowly(56, "jjj") + typed(70, escape) + typed(75, "1") + every(2, 80, "\u{1B}[6~", 3)
        + typed(88, "g")
        + typed(90, "\r") + typed(105, escape) + typed(110, "2") + typed(115, ">") + slowly(118, "jjjjjjjjjj")
        + typed(130, "/") + slowly(131, "down") + typed(134, "\r") + slowly(136, "jj") + typed(150, escape)
        + typed(155, "3") + every(20, 160, "j", 7) + typed(300, "0") + typed(360, "3") + typed(362, "t")
        + slowly(365, "jjjj") + typed(380, escape) + typed(400, "5") + slowly(402, "jj") + typed(405, "\r")
        + typed(430, escape) + typed(440, "3") + typed(442, "i") + typed(455, escape) + every(30, 470, "j", 4)

    private static let escape = "\u{1B}"

    private static func typed(_ at: Double, _ keys: String) -> [(at: Double, keys: String)] { [(at, keys)] }

    /// One key after another, three a second.
    private static func slowly(_ at: Double, _ keys: String) -> [(at: Double, keys: String)] {
        keys.enumerated().map { (at + Double($0.offset) * 0.33, String($0.element)) }
    }

    private static func every(_ step: Double, _ at: Double, _ keys: String, _ times: Int)
        -> [(at: Double, keys: String)]
    {
        (0..<times).map { (at + Double($0) * step, keys) }
    }
}
