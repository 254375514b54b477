"""Which texts in an old encoding are read, and which are refused rather than garbled."""

# ruff: noqa: RUF001 - texts of many alphabets

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extraction.domain.decode import decode
from extraction.domain.errors import EncodingUnknown

WESTERN = {
    "English": (
        "Zoë orders a café crème. \u201cDon\u2019t,\u201d she says \u2014 too late. The bill: £20, or £5m.",
        "The naïve Señor Núñez plays El Niño in São Paulo; 30°C, ½ a lemon, ¼ mile from the Škoda garage.",
        "RENÉE (40s) flips a sign: \u201c¿Qué?\u201d\u2026 \u2018¡Olé!\u2019 © Dramatis™, § 7, 5 m², 3 × 4 ± 1.",
        "It isn\u2019t a rôle. A \u201cfaçade\u201d, he\u2019d say. Æsop, Brontë; Mr. Ångström\u2019s smörgåsbord.",
        "\u2022 A lamp\n\u2022 A key\n\u2022 Two \u20ac5 notes, 100¥ and 10¢ \u2014 that\u2019s all.",
        "It\u2019s late.",
        "A naïve man.",
        "(ÉLODIE waits.)",
        "FRANÇOIS\nOui.",
        "Sigurðr lifts the axe. Þórr watches; Hafþór doesn\u2019t.",
        "They owe us £m. We\u2019re sunk.",
    ),
    "French": (
        "L\u2019été, Hélène était déjà là, où ça ? « Ça va, créée en forêt », dit-il. Nœud, cœur, Noël, aiguë, dû, île.",
    ),
    "German": (
        "Füße, Größe, süß: \u201eÜber den Flüssen\u201c, sagt Jörg. »Äpfel«, ruft Käthe. Ölige Straße, müßig, 5 ‰.",
    ),
    "Spanish": ("¿Dónde está el niño? ¡Qué sé yo! La señora Muñoz bajó al jardín con una lámpara; María, 1º de mayo.",),
    "Italian": ("Perché è così? La città però è più giù, lunedì. Caffè, virtù, libertà: «Sì», disse Niccolò.",),
    "Portuguese": (
        "As ações e emoções de João não são lições. A irmã põe a mão no coração; três maçãs, avó, você, às.",
    ),
    "Dutch": ("Hij zegt: één cel, zoëven, coördinatie, reünie, financiën, knieën, ’s avonds, crème brûlée.",),
    "Danish": ("Åse går på søen; blåbærsyltetøj på brød. Æblegrød, rød øl, fløde, håndværk og smørrebrød.",),
    "Finnish": ("Äiti näki pöydällä häälyvän yön äänen; työtä, pöllö, hyvää päivää, mökkiä, Šakki ja tšekki.",),
    "Catalan": (
        "Història d\u2019una col·lecció: però què més? Això és un camió, plàtan, cançó, acció, ràdio, català, òpera.",
    ),
    "Icelandic": ("Það er ekki þannig að Þórður sé góður við alla; hún fór út í garðinn og sá æðarfugl með þrjú egg.",),
}
OTHERS = {
    "Polish": (
        "cp1250 iso8859-2",
        "ŁUKASZ wchodzi. Właśnie się obudził, świat jest mały. Proszę, żebyś już poszła. Idą ścieżką, głośno śpiewają.",
    ),
    "Polish with one name": ("cp1250 iso8859-2", "The door opens.\n\nŁUKASZ\nHello.\n\nAnna leaves.\n\nŁUKASZ\nWait!"),
    "Czech": (
        "cp1250 iso8859-2",
        "Příliš žluťoučký kůň úpěl ďábelské ódy. Děti něco viděly, ženská se mu směje, v městě prší, muž čeká a mlčí.",
    ),
    "Hungarian": (
        "cp1250",
        "Az idő szép, a nő bőröndje nehéz. Erdő, mező, eső, esőkabát, fűz és gyűrű; később eljő a hős.",
    ),
    "Romanian": (
        "cp1250",
        "Așa că fata a ieșit în stradă și ți-a spus că își știe părinții.".replace("ș", "ş").replace("ț", "ţ"),
    ),
    "Croatian": (
        "cp1250",
        "Žena šuti, muž drži nož, đak piše; čovjek traži ključ, šuma šumi, živi život što je želio.",
    ),
    "Turkish": (
        "cp1254",
        "Işık söndü. Ayşe dışarı çıktı, Mehmet değil. Şimdi ağlıyor, kapıyı açtı; yağmur yağıyor, sığınağı aldı.",
    ),
    "Lithuanian": ("cp1257", "Šešios žąsys, ėmė ąžuolą; vežė žemę, šaukė ūkininką, įžengė į žalią mišką už šulinio."),
    "Russian": (
        "cp1251 koi8-r",
        "INT. KITCHEN - DAY\n\nHe enters the room and looks around.\n\nПривет, Анна. Где мой ключ?",
    ),
    "Greek": (
        "cp1253",
        "INT. KITCHEN - DAY\n\nShe enters the room slowly, wet, and looks.\n\nΚαλημέρα, Αννα. Που είναι το κλειδί;",
    ),
    "Hebrew": ("cp1255", "INT. KITCHEN - DAY\n\nShe enters the room slowly, wet, and looks.\n\nשלום רב"),
    "French of an old Mac": ("mac-roman", "L\u2019été, Hélène était déjà là. Une fenêtre fermée, près du café."),
    "English of an old Mac": (
        "mac-roman",
        "He doesn\u2019t know. She can\u2019t say. It\u2019s late and they\u2019re not here.",
    ),
    "German of DOS": ("cp437", "Er hört die Männer; später fällt Käthe auf. Jörg wäscht ab."),
    "Japanese": (
        "euc_jp shift_jis",
        "彼女は家に帰った。彼は海を見ていた。\nアリス「どこへ行くの」\n場面 1 駅のホーム、夜。雨が降っている。",
    ),
    "Japanese, mostly in kanji": ("euc_jp shift_jis", "東京都千代田区の駅前広場。警察官が三人。田中刑事、拳銃を抜く。"),
    "Korean": (
        "euc_kr cp949",
        "그녀는 집에 돌아왔다. 아버지는 없었다.\n민수: 어디 가는 거야?\n장면 1 기차역, 밤. 비가 온다.",
    ),
}
CHINESE = (
    "沈知夏端着一只碗走进来。",
    "1-1 日 内 沈家客厅\n\n△茶几上摆着一份烫金的婚书和一只锦盒。\n沈明珠:让我嫁给他?我死都不去!\n",
    "第3场 内景 医院走廊 夜\n\n护士推着车走过。林晚坐在长椅上,手里攥着一张照片。\n\n林晚\n他还活着吗?\n",
    "清晨,阿蘅把门板一块块卸下来。街对面的豆腐摊已经冒着热气,她呵了呵手,回头看柜台上的旧算盘。",
    "EXT. 码头 - 夜\n\n老周(五十岁)提着一盏风灯,沿着石阶往下走。远处有汽笛声。\n",
)
TRADITIONAL = (
    "沈知夏端著一隻碗走進來。她說:「你好,我們走吧。」",
    "第三場 內 客廳 夜\n\n陳太太坐在沙發上,手裡拿著一封信。門外有人敲門。\n",
    "清晨,阿蘅把門板一塊塊卸下來。街對面的豆腐攤已經冒著熱氣。",
)
BAD = [
    pytest.param(text, codec, id=f"{language} in {codec}")
    for language, (codecs, text) in OTHERS.items()
    for codec in codecs.split()
]


@pytest.mark.parametrize("text", [text for texts in WESTERN.values() for text in texts])
@pytest.mark.parametrize("times", [1, 40])
def test_western_languages_are_read_at_any_length(text: str, times: int) -> None:
    whole = f"INT. ROOM - DAY\n\n{text}\n\n" * times
    decoded = decode(whole.encode("cp1252"))
    assert (decoded.text, decoded.encoding) == (whole, "cp1252")


@given(st.permutations(WESTERN["English"]), st.integers(1, len(WESTERN["English"])))
@settings(max_examples=30)
def test_english_is_read_whatever_its_signs(texts: list[str], count: int) -> None:
    whole = "\n\n".join(texts[:count])
    assert decode(whole.encode("cp1252")).text == whole


@pytest.mark.parametrize(("text", "codec"), BAD)
@pytest.mark.parametrize("times", [1, 40])
def test_other_languages_are_refused_and_not_garbled(text: str, codec: str, times: int) -> None:
    with pytest.raises(EncodingUnknown, match="save the file as UTF-8"):
        decode((f"INT. ROOM - DAY\n\n{text}\n\n" * times).encode(codec))


@pytest.mark.parametrize(("text", "codec"), BAD)
def test_in_utf_8_every_language_is_read(text: str, codec: str) -> None:
    assert decode(text.encode()).text == text
    assert text.encode(codec) != text.encode()


@pytest.mark.parametrize(
    "text", ["It\u2019s late. We\u2019re sunk.", "Zoë and René drink crème brûlée.", CHINESE[0], OTHERS["Russian"][1]]
)
def test_utf_8_with_a_broken_byte_is_refused(text: str) -> None:
    with pytest.raises(EncodingUnknown, match="UTF-8"):
        decode(text.encode() * 3 + b"\xe9 \n" + text.encode() * 3)


@pytest.mark.parametrize("times", [1, 40])
@pytest.mark.parametrize(
    ("text", "codec"),
    [(text, "gb18030") for text in (*CHINESE, *TRADITIONAL)] + [(text, "big5") for text in TRADITIONAL],
)
def test_chinese_is_read_at_any_length(text: str, codec: str, times: int) -> None:
    decoded = decode((text * times).encode(codec))
    assert (decoded.text, decoded.encoding) == (text * times, codec)
