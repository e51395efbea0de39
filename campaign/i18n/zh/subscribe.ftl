subscribe-email = 电子邮箱
subscribe-name = 姓名
subscribe-name-optional = 可不填
subscribe-topics = 您想了解哪些内容？
subscribe-agree-legend = 同意接收
subscribe-again = 请核对后再点击一次按钮，让我们知道确实是您本人。
subscribe-missing-email = 请填写邮箱地址，例如 an@example.com。
subscribe-missing-agree = 请勾选同意：没有您的同意，我们不能寄信。
subscribe-too-many = 刚才从此网络提交的次数太多，请一小时后再试。
subscribe-asked-title = 请查看您的邮箱
subscribe-asked-text = 我们刚刚向您填写的地址发了一封邮件。请打开邮件并点击其中的按钮；在此之前我们不会寄任何内容。没有收到？请看看垃圾邮件箱。
subscribe-law = 您可以随时拒收，每封邮件里只需点一下。
subscribe-closed-title = 此表单已关闭
subscribe-closed-text = 请询问给您此链接的人。
subscribe-trap = 请将此栏留空
subscribe-confirm-title = 接收{ $sender }的消息？
subscribe-confirm-text = 点击按钮即确认 { $address }，并同意以下内容：
subscribe-confirm-do = 是我本人，请寄给我
subscribe-confirm-leave = 不是您本人订阅？关闭此页即可：什么都不会发生，该地址将被删除。
subscribe-content = 内容
subscribe-frequency = 频率
subscribe-done-title = 已确认，谢谢您
subscribe-done-text = { $sender }将向 { $address } 寄送消息。每封邮件里都有退订链接。
subscribe-done-choices = 选择想收到的内容和频率
subscribe-over-title = 此链接已过期
subscribe-over-text = 确认链接只在一段时间内有效。请重新订阅，我们会再发一封邮件。
subscribe-blocked-title = 此地址已被屏蔽
subscribe-blocked-text = 我们不能向此地址寄信。如果您想收到消息，请写信至 { $email }。

subscribe-default-title = 订阅{ $sender }的消息
subscribe-default-lead = 新品与优惠，一封短信说清楚。
subscribe-default-wording = 我同意接收{ $organisation }关于新品与优惠的电子邮件，每周最多一封。我可以随时拒收。
subscribe-default-content-kind = 新品与优惠
subscribe-default-frequency = 每周最多一封
subscribe-default-button = 订阅
subscribe-default-thanks = 谢谢您。我们期待给您写信。
subscribe-default-mail-subject = 请确认您的邮箱地址
subscribe-default-mail-text =
    尊敬的读者：

    有人刚刚在{ $sender }的订阅表单中填写了此地址。如果是您本人，请在 { $days } 天内点击下面的按钮。点击即表示您同意：
subscribe-default-mail-button = 是我本人，请寄给我
subscribe-default-mail-closing =
    不是您本人？请忽略此邮件：我们不会再发，并在 { $days } 天后删除该地址。

    此致
    敬礼

    { $sender }
subscribe-asked-mail-subject = 您想收到{ $sender }的消息吗？
subscribe-asked-mail-text =
    尊敬的读者：

    我们有您的地址，但从未寄过消息。只有您愿意，我们才会寄：请在 { $days } 天内点击下面的按钮。点击即表示您同意：
subscribe-asked-mail-button = 我愿意接收
subscribe-asked-mail-closing =
    您不愿意？什么都不用做：我们只问这一次，不会再问。

    此致
    敬礼

    { $sender }
subscribe-wishes-mail-text =
    尊敬的读者：

    有人刚刚在您的选择页上重新打开了{ $sender }的消息。如果是您本人，请在 { $days } 天内点击下面的按钮。点击即表示您同意：
