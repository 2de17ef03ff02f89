"""Descriptions of stills: MoonDream2 in its release of August 2024, with classes of transformers.

Its repository contains code that transformers would run with `trust_remote_code`. That code is neither fetched nor run:
the network is a SigLIP encoder, two linear layers and a Phi decoder, and the names of the weights are translated here.
Weights with other names or shapes are refused.
"""

import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import torch
from accelerate import init_empty_weights
from PIL import Image
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import nn
from torch.nn import functional
from transformers import DynamicCache, PhiConfig, PhiForCausalLM, SiglipVisionConfig, SiglipVisionModel

from .wire import Refused

MAX_TOKENS = 128
TILES_FROM_PIXELS = 512
"""Stills whose longer side has at least this size are also encoded in tiles."""

# SigLIP-so400m at 378 pixels.
VISION = dict(
    hidden_size=1152,
    intermediate_size=4304,
    num_hidden_layers=27,
    num_attention_heads=16,
    image_size=378,
    patch_size=14,
)
END_OF_TEXT = "<|endoftext|>"


class Describer:
    """A loaded MoonDream2."""

    def __init__(self, folder: Path, device: torch.device, dtype: torch.dtype):
        config = json.loads((folder / "config.json").read_text())
        vision = SiglipVisionConfig(**{**VISION, **config.get("vision_config", {})}, layer_norm_eps=1e-5)
        vision.vision_use_head = False
        text = PhiConfig(
            **{name: value for name, value in config.get("text_config", {}).items() if name != "model_type"}
        )
        # Skips the random initialisation of parameters, which are loaded below; buffers are computed.
        with init_empty_weights():
            self.model = MoonDream(vision, text)
        weights: dict[str, torch.Tensor] = {}
        for file in sorted(folder.glob("*.safetensors")):
            weights.update(load_file(file))
        self.model.load_state_dict(translate_weights(weights, vision.patch_size), assign=True)
        # Buffers stay in float32: rotary frequencies in half precision would shift distant positions.
        for parameter in self.model.parameters():
            parameter.data = parameter.data.to(device, dtype)
        self.model.to(device).eval()
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._end = self.tokenizer.token_to_id(END_OF_TEXT)
        self._device = device

    @torch.inference_mode()
    def answer(
        self, still: bytes, question: str, on_text: Callable[[str, int], None], check: Callable[[], None]
    ) -> str:
        """Decodes greedily, token by token. `on_text` gets the whole text so far and its number of tokens."""
        image = _open(still)
        check()
        seen = self.model.look(image)
        embed = self.model.text.get_input_embeddings()
        words = self.tokenizer.encode(f"\n\nQuestion: {question}\n\nAnswer:", add_special_tokens=False).ids
        begin, rest = (embed(torch.tensor([ids], device=self._device)) for ids in ([self._end], words))
        inputs = torch.cat([begin, seen, rest], 1)
        cache = DynamicCache(config=self.model.text.config)
        tokens: list[int] = []
        while len(tokens) < MAX_TOKENS:
            check()
            logits = self.model.text(inputs_embeds=inputs, past_key_values=cache, logits_to_keep=1).logits
            token = logits[:, -1].argmax(-1)
            if token.item() == self._end:
                break
            tokens.append(int(token.item()))
            on_text(self._decode(tokens), len(tokens))
            inputs = embed(token[:, None])
        return self._decode(tokens)

    def _decode(self, tokens: list[int]) -> str:
        return self.tokenizer.decode(tokens).strip()


def _open(still: bytes) -> Image.Image:
    try:
        return Image.open(io.BytesIO(still)).convert("RGB")
    except (OSError, ValueError, Image.DecompressionBombError) as error:
        raise Refused("A picture was wanted as still; these bytes can't be read as one.") from error


class MoonDream(nn.Module):
    """The network: SigLIP features of the whole picture and of its tiles, projected to embeddings for Phi."""

    def __init__(self, vision: SiglipVisionConfig, text: PhiConfig):
        super().__init__()
        self.vision = SiglipVisionModel(vision)
        inner = text.hidden_size * 4
        self.fc1 = nn.Linear(vision.hidden_size * 2, inner)
        self.fc2 = nn.Linear(inner, text.hidden_size)
        self.text = PhiForCausalLM(text)
        self._size = vision.image_size
        self._side = vision.image_size // vision.patch_size

    def look(self, image: Image.Image) -> torch.Tensor:
        """Embeddings [1, side², hidden] of a picture."""
        size, side = self._size, self._side
        pixels = self._pixels(image)
        whole = functional.interpolate(pixels, size=(size, size), mode="bilinear")
        columns, rows = pixels.shape[3] // size, pixels.shape[2] // size
        tiles = pixels.unfold(2, size, size).unfold(3, size, size).permute(0, 2, 3, 1, 4, 5).reshape(-1, 3, size, size)
        batch = whole if rows * columns == 1 else torch.cat([whole, tiles])
        features = self.vision(batch.to(self.fc1.weight.device, self.fc1.weight.dtype)).last_hidden_state
        overall, detail = features[:1], features[1:]
        if len(detail):
            wide = detail.reshape(rows, columns, side, side, -1).permute(4, 0, 2, 1, 3)
            wide = wide.reshape(1, -1, rows * side, columns * side)
            detail = functional.interpolate(wide, size=(side, side), mode="bilinear").flatten(2).transpose(1, 2)
        else:
            detail = overall
        both = torch.cat([overall, detail], 2)
        return self.fc2(functional.gelu(self.fc1(both), approximate="tanh"))

    def _pixels(self, image: Image.Image) -> torch.Tensor:
        """[1, 3, height, width] of -1 … 1: one or two tiles high and wide, whichever fits the aspect ratio best."""
        width, height = image.size
        rows = columns = 1
        if max(width, height) >= TILES_FROM_PIXELS:
            shapes = [(1, 1), (1, 2), (2, 1), (2, 2)]
            # The second criterion mixes up width and height, as the model's own preprocessing does.
            rows, columns = min(
                shapes,
                key=lambda shape: (
                    abs(shape[1] / shape[0] - width / height),
                    abs(shape[0] * self._size - width) + abs(shape[1] * self._size - height),
                ),
            )
        resized = image.resize((columns * self._size, rows * self._size), Image.Resampling.BICUBIC)
        values = torch.frombuffer(bytearray(resized.tobytes()), dtype=torch.uint8).float()
        return values.reshape(1, resized.height, resized.width, 3).permute(0, 3, 1, 2) / 127.5 - 1


_NAMES = [
    (r"^vision_encoder\.encoder\.model\.visual\.patch_embed\.linear\.", "vision.embeddings.patch_embedding."),
    (r"^vision_encoder\.encoder\.model\.visual\.pos_embed$", "vision.embeddings.position_embedding.weight"),
    (r"^vision_encoder\.encoder\.model\.visual\.norm\.", "vision.post_layernorm."),
    (r"^vision_encoder\.encoder\.model\.visual\.blocks\.(\d+)\.norm", r"vision.encoder.layers.\1.layer_norm"),
    (r"^vision_encoder\.encoder\.model\.visual\.blocks\.(\d+)\.mlp\.", r"vision.encoder.layers.\1.mlp."),
    (
        r"^vision_encoder\.encoder\.model\.visual\.blocks\.(\d+)\.attn\.proj\.",
        r"vision.encoder.layers.\1.self_attn.out_proj.",
    ),
    (
        r"^vision_encoder\.encoder\.model\.visual\.blocks\.(\d+)\.attn\.qkv\.",
        r"vision.encoder.layers.\1.self_attn.QKV.",
    ),
    (r"^vision_encoder\.projection\.mlp\.", ""),
    (r"^text_model\.transformer\.embd\.wte\.", "text.model.embed_tokens."),
    (r"^text_model\.transformer\.h\.(\d+)\.ln\.", r"text.model.layers.\1.input_layernorm."),
    (r"^text_model\.transformer\.h\.(\d+)\.mlp\.", r"text.model.layers.\1.mlp."),
    (r"^text_model\.transformer\.h\.(\d+)\.mixer\.out_proj\.", r"text.model.layers.\1.self_attn.dense."),
    (r"^text_model\.transformer\.h\.(\d+)\.mixer\.Wqkv\.", r"text.model.layers.\1.self_attn.QKV."),
    (r"^text_model\.lm_head\.ln\.", "text.model.final_layernorm."),
    (r"^text_model\.lm_head\.linear\.", "text.lm_head."),
]


def translate_weights(weights: dict[str, torch.Tensor], patch_size: int) -> dict[str, torch.Tensor]:
    """Renames the weights of MoonDream2's release to the names of this network."""
    translated: dict[str, torch.Tensor] = {}
    for name, tensor in weights.items():
        # Frequencies of the rotary embedding are computed, not learned.
        if name.endswith("inv_freq"):
            continue
        for pattern, replacement in _NAMES:
            if re.search(pattern, name):
                name = re.sub(pattern, replacement, name)
                break
        if ".QKV." in name:
            for part, piece in zip(("q_proj", "k_proj", "v_proj"), tensor.chunk(3)):
                translated[name.replace("QKV", part)] = piece
            continue
        if name.endswith("position_embedding.weight"):
            tensor = tensor.squeeze(0)
        if name.endswith("patch_embedding.weight"):
            # The values of a patch are ordered by channel, as in the kernel of a convolution.
            tensor = tensor.reshape(len(tensor), 3, patch_size, patch_size)
        translated[name] = tensor
    return translated
