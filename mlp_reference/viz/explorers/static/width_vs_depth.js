var ut={sine:{f:Math.sin,a:0,b:2*Math.PI,M2:1},root:{f:Math.sqrt,a:0,b:1,M2:1/0},corner:{f:Math.abs,a:-1,b:1,M2:1/0},runge:{f:r=>1/(1+25*r**2),a:-1,b:1,M2:50},wave:{f:r=>Math.sin(3*r)+r/2,a:-3,b:3,M2:9}};var $=(r,t,e)=>Array.from({length:e},(i,s)=>s===e-1?t:r+(t-r)*s/(e-1));function _(r,t,e){if(r<=t[0])return e[0];let i=0,s=t.length-1;if(r>=t[s])return e[s];for(;s-i>1;){let o=i+s>>1;t[o]<=r?i=o:s=o}return e[i]+(e[s]-e[i])/(t[s]-t[i])*(r-t[i])}function M(r,t){for(let e=0;e<t;e++)r=1-Math.abs(2*r-1);return r}var J=Math.sqrt(50),Q=Math.sqrt(10),tt=Math.sqrt(2);function C(r,t,e){let i=(t-r)/Math.max(0,e),s=Math.floor(Math.log10(i)),o=i/Math.pow(10,s),n=o>=J?10:o>=Q?5:o>=tt?2:1,l,h,a;return s<0?(a=Math.pow(10,-s)/n,l=Math.round(r*a),h=Math.round(t*a),l/a<r&&++l,h/a>t&&--h,a=-a):(a=Math.pow(10,s)*n,l=Math.round(r/a),h=Math.round(t/a),l*a<r&&++l,h*a>t&&--h),h<l&&.5<=e&&e<2?C(r,t,e*2):[l,h,a]}function O(r,t,e){if(t=+t,r=+r,e=+e,!(e>0))return[];if(r===t)return[r];let i=t<r,[s,o,n]=i?C(t,r,e):C(r,t,e);if(!(o>=s))return[];let l=o-s+1,h=new Array(l);if(i)if(n<0)for(let a=0;a<l;++a)h[a]=(o-a)/-n;else for(let a=0;a<l;++a)h[a]=(o-a)*n;else if(n<0)for(let a=0;a<l;++a)h[a]=(s+a)/-n;else for(let a=0;a<l;++a)h[a]=(s+a)*n;return h}function R(r,t,e){return t=+t,r=+r,e=+e,C(r,t,e)[2]}function D(r,t,e){t=+t,r=+r,e=+e;let i=t<r,s=i?R(t,r,e):R(r,t,e);return(i?-1:1)*(s<0?1/-s:s)}var et="⁰¹²³⁴⁵⁶⁷⁸⁹",st=r=>(r<0?"⁻":"")+[...`${Math.abs(r)}`].map(t=>et[+t]).join("");function k(r,t=2){let e=r.toFixed(t);return(Number(e)===0?e.replace("-",""):e).replace("-","−")}function A(r,t,e){let i=e?Math.log:Number,s=e?Math.exp:Number,[o,n]=r.map(h=>i(h)),l=(t[1]-t[0])/(n-o||1);return Object.assign(h=>t[0]+(i(h)-o)*l,{invert:h=>s(o+(h-t[0])/l)})}function W(r,t,e){if(!e){let h=Math.max(0,-Math.floor(Math.log10(Math.abs(D(r[0],r[1],t)))+1e-9));return O(r[0],r[1],t).map(a=>({x:a,text:k(a,h)}))}let i=Math.ceil(Math.log10(r[0])-1e-9),s=Math.floor(Math.log10(r[1])+1e-9),o=[1,2,3,5,6,10,12,20,30,50,100],n=o.find(h=>(s-i)/h<=t)??200,l=[];for(let h=Math.ceil(i/n)*n;h<=s;h+=n)l.push({x:10**h,text:h>=-2&&h<=3&&s-i<6?`${Number((10**h).toFixed(2))}`:`10${st(h)}`});return l}var w={"data-lm-suppress-shortcuts":"true"};function g(r,t={},e){let i=document.createElement(r);for(let[s,o]of Object.entries(t))s==="text"?i.textContent=o:i.setAttribute(s,o);return e?.append(i),i}var z=(r,t,e,i,s,o="")=>({kind:"slider",label:r,first:t,low:e,high:i,step:s,about:o});function it(r,t){return r.stops?`${t}`:k(t,Math.max(0,Math.ceil(-Math.log10(r.step)-1e-9)))}function P(r,t,e,i,s){e.value!==`${s}`&&(e.value=`${s}`);let o=r.spec.idle?.(r.values).includes(i)??!1;e.disabled!==o&&(e.disabled=o),t.classList.toggle("off",o)}function Y(r,t,e){let[i,s]=e.about?[{title:e.about},{"aria-description":e.about}]:[{},{}],o=g("div",{class:"control",...i},r.controls),n=`${r.id}-${t}`;if(g("label",{for:n,text:e.label},o),e.kind==="slider")return rt(r,o,{id:n,...w,...s},t,e);let l=g("select",{id:n,...w,...s},o);for(let h of e.options)g("option",{value:h,text:h},l);return l.addEventListener("change",()=>r.move(t,l.value,!0)),()=>P(r,o,l,t,r.values[t])}function rt(r,t,e,i,s){let{stops:o}=s,n=o?[0,o.length-1,1]:[s.low,s.high,s.step],[l,h,a]=n.map(String),p=g("input",{...e,type:"range",min:l,max:h,step:a},t),x=g("output",{for:e.id,"aria-hidden":"true"},t),f=(d,c)=>d.reduce((u,b,v)=>Math.abs(b-c)<Math.abs(d[u]-c)?v:u,0);return p.addEventListener("input",()=>r.move(i,o?o[+p.value]:Number(Number(p.value).toFixed(9)))),()=>{let d=r.values[i],c=it(s,d),u=r.highest?.(i),b=r.lowest?.(i);u!==void 0&&p.max!==`${u}`&&(p.max=`${u}`),b!==void 0&&p.min!==`${b}`&&(p.min=`${b}`),P(r,t,p,i,o?f(o,d):d),x.textContent!==c&&(x.textContent=c),p.getAttribute("aria-valuetext")!==c&&p.setAttribute("aria-valuetext",c)}}function Z(r,t){let e=!r.spec.actions?.length;t.label==="Reset"&&!e&&g("span",{class:"gap"},r.buttons);let i={type:"button",...w,text:t.label,...t.about&&{title:t.about}},s=g("button",i,e?r.controls:r.buttons);return s.addEventListener("click",()=>t.press(r)),()=>{t.pressed&&s.setAttribute("aria-pressed",`${t.pressed(r)}`),t.off&&(s.disabled=t.off(r))}}var G=`.mlpx {
  --ink: var(--jp-content-font-color1, #1f1f1f);
  --soft: #5a5a5a;
  --rule: #dcdcdc;
  --edge: #767676;
  --paper: var(--jp-layout-color1, #fff);
  --face: #f3f4f6;
  --blue: #0069a8;
  --orange: #b84e00;
  --green: #00704f;
  --purple: #9a3f73;
  --amber: #8a6100;
  --sky: #2a7db3;
  --grey: #6e6e6e;
  --blue-wash: #cfe5f4;
  --orange-wash: #fbdcc4;
  --grey-wash: #e3e3e3;
  --accent: #0069a8;
  --on-accent: #fff;
  container-type: inline-size;
  color: var(--ink);
  font: 14px/1.45 var(--jp-ui-font-family, system-ui, sans-serif);
  max-width: 1040px;
  padding: 4px 2px;
  text-align: left;
}
.mlpx[data-theme="dark"] {
  --ink: var(--jp-content-font-color1, #ececec);
  --soft: #b4b4b4;
  --rule: #3a3a3a;
  --edge: #8f8f8f;
  --paper: var(--jp-layout-color1, #111);
  --face: #2a2c30;
  --blue: #62b6f0;
  --orange: #ff9b52;
  --green: #45c79b;
  --purple: #e28bbd;
  --amber: #e8b33c;
  --sky: #8fd0f5;
  --grey: #a0a0a0;
  --blue-wash: #143a54;
  --orange-wash: #552b0f;
  --grey-wash: #343434;
  --accent: #62b6f0;
  --on-accent: #06131c;
}
.mlpx *,
.mlpx *::before { box-sizing: border-box; }
.mlpx .hush {
  position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap;
}
.mlpx .controls {
  display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 235px), 1fr)); gap: 6px 22px; margin: 0 0 6px;
  align-items: center;
}
.mlpx .control { display: grid; grid-template-columns: max-content 1fr max-content; gap: 0 9px; align-items: center; min-height: 28px; }
.mlpx .control output { font-variant-numeric: tabular-nums; min-width: 3.1em; text-align: right; white-space: nowrap; }
.mlpx .control input[type="text"], .mlpx .control select { grid-column: 2 / -1; min-width: 0; }
.mlpx .controls > button { justify-self: end; grid-column: -2 / -1; }
.mlpx .buttons:empty { display: none; }
.mlpx .control.edit { grid-template-columns: max-content minmax(90px, 1fr) minmax(60px, 1fr) max-content; }
.mlpx .control.edit select { grid-column: auto; }
.mlpx svg .edge { stroke-linecap: butt; opacity: 0.8; }
.mlpx svg .edge:hover, .mlpx svg .edge.picked { opacity: 1; stroke: var(--ink); }
.mlpx .control.off { color: var(--soft); }
.mlpx input[type="range"] { width: 100%; min-width: 40px; margin: 0; height: 24px; accent-color: var(--accent); background: none; cursor: pointer; }
.mlpx select,
.mlpx input[type="text"],
.mlpx input[type="number"],
.mlpx button {
  font: inherit; color: var(--ink); background: var(--face); border: 1px solid var(--edge); border-radius: 5px; padding: 2px 8px;
  min-height: 27px; height: auto;
}
.mlpx select option { color: #1f1f1f; background: #fff; }
.mlpx button { cursor: pointer; padding: 2px 11px; width: auto; }
.mlpx button:hover:not(:disabled) { border-color: var(--accent); }
.mlpx button[aria-pressed="true"] { background: var(--accent); color: var(--on-accent); border-color: var(--accent); }
.mlpx button:disabled { opacity: 0.5; cursor: default; }
.mlpx .buttons { display: flex; flex-wrap: wrap; gap: 6px; margin: 0 0 8px; }
.mlpx .buttons .gap { flex: 1; }
.mlpx :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.mlpx .stage { display: grid; gap: 8px 18px; align-items: start; }
.mlpx .stage > * { min-width: 0; }
@container (max-width: 420px) {
  .mlpx .control.edit { grid-template-columns: max-content minmax(60px, 1fr) max-content; }
  .mlpx .control.edit select { grid-column: 2 / -1; }
  .mlpx .control.edit input { grid-column: 1 / 3; }
}
@container (max-width: 599px) {
  .mlpx .stage { grid-template-columns: minmax(0, 1fr) !important; grid-template-areas: none !important; }
  .mlpx .stage > * { grid-area: auto !important; }
}
.mlpx .caption { font-weight: 600; font-size: 14px; margin: 2px 0 0; }
.mlpx .legend { display: flex; flex-wrap: wrap; gap: 0 14px; font-size: 12.5px; color: var(--ink); min-height: 18px; }
.mlpx .legend svg { width: 24px; height: 12px; vertical-align: -1px; margin-right: 4px; overflow: visible; }
.mlpx .frame { position: relative; }
.mlpx .frame canvas { position: absolute; pointer-events: none; }
.mlpx .frame > svg { display: block; width: 100%; overflow: hidden; position: relative; touch-action: pan-y; user-select: none; }
.mlpx svg text { fill: var(--soft); font-size: 12px; font-family: inherit; }
.mlpx svg .label { fill: var(--ink); font-size: 12.5px; }
.mlpx svg .tick { stroke: var(--rule); stroke-width: 1; fill: none; shape-rendering: crispEdges; }
.mlpx svg .axis { stroke: var(--edge); stroke-width: 1; fill: none; shape-rendering: crispEdges; }
.mlpx svg .line { fill: none; stroke-linejoin: round; stroke-linecap: round; }
.mlpx svg .line:not(.edge) { stroke-width: 2.2; }
.mlpx svg .line.thin { stroke-width: 1.4; }
.mlpx svg .line.thick { stroke-width: 4; }
.mlpx svg .dash { stroke-dasharray: 7 5; }
.mlpx svg .dot { stroke-dasharray: 1.5 5; }
.mlpx svg .ghost { opacity: 0.45; }
.mlpx svg .mark { stroke: var(--paper); stroke-width: 1.8; paint-order: stroke; }
.mlpx svg .open { fill: none; stroke-width: 2.2; }
.mlpx svg .words { paint-order: stroke; stroke: var(--paper); stroke-width: 4px; stroke-linejoin: round; font-size: 12.5px; }
.mlpx svg .wash { stroke: none; }
.mlpx svg .handle { cursor: grab; outline: none; }
.mlpx svg .handle:active { cursor: grabbing; }
.mlpx svg .handle .reach { fill: transparent; stroke: none; }
.mlpx svg .handle .knob { fill: var(--paper); stroke-width: 2.6; }
.mlpx svg .handle .knob.clear { fill: transparent; stroke-width: 0; }
.mlpx svg .handle:hover .knob { stroke-width: 3.6; }
.mlpx svg .handle:focus-visible .knob { stroke-width: 4; }
.mlpx svg .handle:focus-visible .reach { stroke: var(--accent); stroke-width: 2; }
.mlpx .says { margin: 6px 0 0; min-height: 2.9em; font-variant-numeric: tabular-nums; }
.mlpx.glide svg path,
.mlpx.glide svg circle { transition: d 0.32s ease-out, cx 0.32s, cy 0.32s; }
@media (prefers-reduced-motion: reduce) {
  .mlpx.glide svg path,
  .mlpx.glide svg circle { transition: none; }
}
@media (forced-colors: active) {
  .mlpx svg { forced-color-adjust: none; background: #fff; }
}
.mlpx svg .line.blue, .mlpx svg .open.blue, .mlpx svg .knob.blue { stroke: var(--blue); }
.mlpx svg .line.orange, .mlpx svg .open.orange, .mlpx svg .knob.orange { stroke: var(--orange); }
.mlpx svg .line.green, .mlpx svg .open.green, .mlpx svg .knob.green { stroke: var(--green); }
.mlpx svg .line.purple, .mlpx svg .open.purple, .mlpx svg .knob.purple { stroke: var(--purple); }
.mlpx svg .line.amber, .mlpx svg .open.amber, .mlpx svg .knob.amber { stroke: var(--amber); }
.mlpx svg .line.sky { stroke: var(--sky); }
.mlpx svg .line.grey, .mlpx svg .open.grey, .mlpx svg .knob.grey { stroke: var(--grey); }
.mlpx svg .line.ink, .mlpx svg .open.ink, .mlpx svg .knob.ink { stroke: var(--ink); }
.mlpx svg .mark.blue, .mlpx svg text.blue { fill: var(--blue); }
.mlpx svg .mark.orange, .mlpx svg text.orange { fill: var(--orange); }
.mlpx svg .mark.green, .mlpx svg text.green { fill: var(--green); }
.mlpx svg .mark.purple, .mlpx svg text.purple { fill: var(--purple); }
.mlpx svg .mark.amber, .mlpx svg text.amber { fill: var(--amber); }
.mlpx svg .mark.grey, .mlpx svg text.grey { fill: var(--grey); }
.mlpx svg .mark.ink, .mlpx svg text.ink { fill: var(--ink); }
.mlpx svg .wash.blue { fill: var(--blue-wash); }
.mlpx svg .wash.orange { fill: var(--orange-wash); }
.mlpx svg .wash.seamless { stroke: var(--orange-wash); stroke-width: 0.6; }
.mlpx svg .line.level { stroke: var(--soft); stroke-width: 1; }
.mlpx svg .line.faint { stroke-width: 0.7; opacity: 0.5; }
.mlpx svg .node { stroke: var(--edge); stroke-width: 1.2; }
.mlpx svg .node.module { fill: var(--face); }
.mlpx svg .node.active { stroke: var(--accent); stroke-width: 3; }
.mlpx svg .wash.bar { fill: var(--purple); }
.mlpx svg .wash.grey { fill: var(--grey-wash); }
`;var S=class{constructor(t){this.canvas=document.createElement("canvas"),this.canvas.setAttribute("aria-hidden","true"),t.prepend(this.canvas),this.context=this.canvas.getContext("2d")}#t(t,e,i){let{canvas:s}=this;(s.width!==t||s.height!==e)&&([s.width,s.height]=[t,e]),s.getAttribute("style")!==i&&s.setAttribute("style",i)}image({left:t,top:e,right:i,bottom:s},o,n,l,h){let a=`left:${t}px;top:${e}px;width:${i-t}px;height:${s-e}px`;this.#t(n,o,`${a};image-rendering:${h?"auto":"pixelated"}`);let p=this.context.createImageData(n,o);l(p.data),this.context.putImageData(p,0,0)}paint(t,e,i){let s=window.devicePixelRatio||1,{context:o}=this;this.#t(Math.round(t*s),Math.round(e*s),`left:0;top:0;width:${t}px;height:${e}px`),o.setTransform(s,0,0,s,0,0),o.clearRect(0,0,t,e),i(o)}};var nt="http://www.w3.org/2000/svg";function m(r,t,e){let i=document.createElementNS(nt,r);for(let[s,o]of Object.entries(t))i.setAttribute(s,`${o}`);return e?.append(i),i}function L(r,t,e,i){let s=o=>Math.round(o*100)/100;return r==="triangle"?`M${s(t)},${s(e-1.15*i)}l${s(1.1*i)},${s(1.95*i)}h${s(-2.2*i)}Z`:r==="square"?`M${s(t-.9*i)},${s(e-.9*i)}h${s(1.8*i)}v${s(1.8*i)}h${s(-1.8*i)}Z`:r==="diamond"?`M${s(t)},${s(e-1.2*i)}L${s(t+1.2*i)},${s(e)}L${s(t)},${s(e+1.2*i)}L${s(t-1.2*i)},${s(e)}Z`:r==="cross"?`M${s(t-i)},${s(e)}h${s(2*i)}M${s(t)},${s(e-i)}v${s(2*i)}`:`M${s(t-i)},${s(e)}a${i},${i} 0 1,0 ${2*i},0a${i},${i} 0 1,0 ${-2*i},0Z`}var N=r=>`mlpx-${r}-${Math.random().toString(36).slice(2)}`;function K(r,t,e){if(e.ticks)return e.ticks.map(s=>({x:s,text:`${s}`}));let i=W(r,t,!!e.log);return e.whole?i.filter(({x:s})=>Number.isInteger(s)).map(({x:s,text:o})=>({x:s,text:o.replace(/\.0$/,"")})):i}var F=class{constructor(t,e){this.options=e,this.figure=g("div",{class:"figure"},t),this.caption=g("div",{class:"caption","aria-hidden":"true"},this.figure),this.frame=g("div",{class:"frame"},this.figure),this.told="",this.drawn="",this.keys=void 0,this.svg=m("svg",{role:"img"},this.frame),e.legend&&this.legend(e.legend),this.clip=N("clip"),this.window=m("rect",{},m("clipPath",{id:this.clip},m("defs",{},this.svg))),this.axes=m("g",{"aria-hidden":"true"},this.svg),this.width=this.height=this.margin=0,this.seen="",this.x=A([0,1],[0,1],!1),this.y=A([0,1],[1,0],!1),this.area={left:0,top:0,right:1,bottom:1},this.spans={x:[0,1],y:[0,1]},this.title=e.title}set title(t){this.caption.textContent!==t&&(this.caption.textContent=t),this.#t()}#t(){let t=[this.caption.textContent,this.drawn].filter(Boolean).join(": ");this.svg.getAttribute("aria-label")!==t&&this.svg.setAttribute("aria-label",t)}rename(t,e){this.options.x?.label===t&&this.options.y?.label===e||(this.options={...this.options,x:{...this.options.x,label:t},y:{...this.options.y,label:e}},this.seen="")}legend(t){let e=t.join();if(e===this.told)return;this.told=e,this.drawn=t.map(([,s])=>s).join(", "),this.#t(),this.keys??=this.figure.insertBefore(g("div",{class:"legend","aria-hidden":"true"}),this.frame);let i=this.keys;i.replaceChildren();for(let[s,o]of t){let n=g("span",{},i),l=m("svg",{"aria-hidden":"true",viewBox:"0 0 24 12"},n),h=s.match(/circle|triangle|square|diamond/)?.[0];/line/.test(s)&&m("path",{d:"M1,6H23",class:s},l),/wash/.test(s)&&m("rect",{x:2,y:0,width:20,height:12,class:s},l),h&&m("path",{d:L(h,12,6,4.5),class:s.replace("line","")},l),n.append(o)}}fit(){let t=Math.floor(this.frame.clientWidth),{square:e,tallest:i=430,least:s=170}=this.options;if(t===0)return!1;let o=e?Math.min(t-12,i)+6:Math.max(Math.min(s,i),Math.min(t*(this.options.aspect??.72),i)),n=Math.round(o),l=t!==this.width||n!==this.height;return[this.width,this.height]=[t,n],l}view(t,e){this.width||this.fit();let{x:i={},y:s={},square:o}=this.options,n=i.bare?8:24+(i.label?19:0),l=8,h=14,a=Math.max(60,this.height-l-n),p=s.bare?[]:K(e,a/42,s),x=s.bare?8:12+6.8*Math.max(2,...p.map(({text:b})=>b.length))+(s.label?20:0),f=this.margin=Math.max(x,Math.min(this.margin,x+10)),d=Math.max(60,this.width-f-h);o&&(d=a=Math.min(d,a));let c=[t,e,d,a,f,this.width,this.height].join();if(c===this.seen)return;this.seen=c,this.spans={x:t,y:e};let u=o?f+Math.max(0,(this.width-f-h-d)/2):f;this.area={left:u,top:l,right:u+d,bottom:l+a},this.x=A(t,[u,u+d],!!i.log),this.y=A(e,[l+a,l],!!s.log),this.svg.setAttribute("viewBox",`0 0 ${this.width} ${this.height}`),this.svg.setAttribute("height",`${this.height}`);for(let[b,v]of Object.entries({x:u,y:l,width:d,height:a}))this.window.setAttribute(b,`${v}`);this.#e(p)}#e(t){let{left:e,top:i,right:s,bottom:o}=this.area,{x:n={},y:l={},grid:h=!0}=this.options;this.axes.replaceChildren();let a=[];if(!n.bare)for(let{x:p,text:x}of K(this.spans.x,(s-e)/62,n)){let f=Math.round(this.x(p));a.push(h?`M${f},${i}V${o}`:`M${f},${o}v4`),m("text",{x:f,y:o+17,"text-anchor":"middle"},this.axes).textContent=x}if(!l.bare)for(let{x:p,text:x}of t){let f=Math.round(this.y(p));a.push(h?`M${e},${f}H${s}`:`M${e-4},${f}H${e}`),m("text",{x:e-7,y:f+4,"text-anchor":"end"},this.axes).textContent=x}if(this.axes.prepend(m("path",{class:"tick",d:a.join("")||"M0,0"})),(!n.bare||!l.bare)&&m("path",{class:"axis",d:(l.bare?"":`M${e},${i}V${o}`)+(n.bare?"":`M${e},${o}H${s}`)},this.axes),n.label&&(m("text",{class:"label",x:(e+s)/2,y:o+36,"text-anchor":"middle"},this.axes).textContent=n.label),l.label){let[p,x]=[e-this.margin+12,(i+o)/2];m("text",{class:"label",x:p,y:x,"text-anchor":"middle",transform:`rotate(-90 ${p} ${x})`},this.axes).textContent=l.label}}place(t){let e=this.svg.getBoundingClientRect(),i=this.width/e.width;return{x:this.x.invert((t.clientX-e.left)*i),y:this.y.invert((t.clientY-e.top)*i)}}get dark(){return this.figure.closest("[data-theme=dark]")!==null}};var H={ArrowLeft:[-1,0],ArrowRight:[1,0],ArrowUp:[0,1],ArrowDown:[0,-1]},I=r=>r.target.closest(".handle")?.getAttribute("data-key")??"",q=class{constructor(t){this.plot=t,this.held=new Map,this.dragged=!1,this.taken=void 0,this.#e()}place(t,e,i){let{plot:s}=this;if(!t.firstChild){m("circle",{class:"reach",r:20},t),m("circle",{r:i.size??7},t);for(let[v,y]of Object.entries({class:"handle",tabindex:"0",role:"slider",...w}))t.setAttribute(v,y)}this.held.set(e,i);let o=s.x(i.x),n=s.y(i.y),{left:l,top:h,right:a,bottom:p}=s.area,x=(v,y,X)=>Math.max(y,Math.min(X,v)).toFixed(1);t.setAttribute("transform",`translate(${x(o,l,a)},${x(n,h,p)})`),t.lastElementChild?.setAttribute("class",`knob ${i.looks??"ink"}`);let[f,d]=i.along==="y"?s.spans.y:s.spans.x,c=i.along==="y"?i.y:i.x,u=[(i.press||this.#t(i))&&"Enter",i.remove&&"Delete"].filter(Boolean).join(" ");u&&t.setAttribute("aria-keyshortcuts",u),i.along==="y"&&t.setAttribute("aria-orientation","vertical");let b={"aria-label":i.label,"aria-valuetext":i.text??`${k(i.x)}, ${k(i.y)}`,"aria-valuenow":c.toFixed(3),"aria-valuemin":f.toFixed(3),"aria-valuemax":d.toFixed(3)};for(let[v,y]of Object.entries(b))t.getAttribute(v)!==y&&t.setAttribute(v,y)}#t(t){return"remove"in t&&this.plot.clicked!==void 0}refocus(){let t=[...this.held.keys()],e=t.filter(s=>"remove"in this.held.get(s)),i=[...t,...e].pop();this.plot.svg.querySelector(`.handle[data-key="${i}"]`)?.focus({preventScroll:!0})}#e(){let{svg:t}=this.plot;t.addEventListener("pointerdown",e=>this.#s(e)),t.addEventListener("touchstart",e=>{I(e)&&e.preventDefault()},{passive:!1}),t.addEventListener("pointermove",e=>{this.taken&&(this.dragged=!0,this.#i(e,!1))});for(let e of["pointerup","pointercancel"])t.addEventListener(e,i=>{this.taken&&this.dragged&&this.#i(i,!0),this.taken=void 0});t.addEventListener("dblclick",e=>this.held.get(I(e))?.remove?.()),t.addEventListener("keydown",e=>this.#r(e))}#s(t){let{plot:e}=this,i=I(t),s=this.held.get(i);if(this.dragged=!1,!s||t.button!==0)return;let o=e.place(t),n=!e.options.x?.log&&!e.options.y?.log,l=(a,p)=>a>=Math.min(...p)&&a<=Math.max(...p),h=n&&l(s.x,e.spans.x)&&l(s.y,e.spans.y);this.taken=h?{key:i,dx:s.x-o.x,dy:s.y-o.y}:{key:i,dx:0,dy:0},e.svg.setPointerCapture(t.pointerId),t.target.closest(".handle").focus({preventScroll:!0}),t.preventDefault()}#i(t,e){if(!this.taken)return;let i=this.plot.place(t),{key:s,dx:o,dy:n}=this.taken;this.held.get(s)?.move({x:i.x+o,y:i.y+n},{last:e})}#r(t){let e=this.held.get(I(t));if(!e)return;let i=t.key==="Enter"||t.key===" ";if(i&&e.press)e.press();else if(i&&this.#t(e))this.plot.clicked?.({x:e.x+4*(e.step??.1),y:e.y});else if((t.key==="Delete"||t.key==="Backspace")&&e.remove)e.remove();else if(t.key in H){let[s,o]=H[t.key],n=(e.step??.1)*(t.shiftKey?10:1),l=s+o,[h,a]=e.along==="x"?[l,0]:e.along==="y"?[0,l]:[s,o];e.move({x:e.x+h*n,y:e.y+a*n},{last:!0})}else return;t.preventDefault(),t.stopPropagation()}};var E=2e4,T=class extends F{constructor(t,e){super(t,e),this.data=m("g",{"aria-hidden":"true","clip-path":`url(#${this.clip})`},this.svg),this.over=m("g",{"aria-hidden":"true"},this.svg),this.handles=m("g",{},this.svg),this.kept=new Map,this.top=new Map,this.tipped=void 0,this.behind=void 0,this.clicked=void 0,this.grips=new q(this)}begin(){for(let t of this.kept.values())t.used=!1;this.top.clear()}done(){let t=!1;for(let[e,{element:i,used:s}]of this.kept)s||(t||=i===document.activeElement,i.remove(),this.kept.delete(e),this.grips.held.delete(e));this.svg.setAttribute("role",this.grips.held.size?"group":"img"),t&&this.grips.refocus()}#t(t,e,i=this.data){let s=this.kept.get(t);return s||this.kept.set(t,s={element:m(e,{"data-key":t},i),used:!0}),s.used=!0,this.#e(s.element,i),s.element}#e(t,e){let i=this.top.get(e),s=i?i.nextElementSibling:e.firstElementChild;s!==t&&t!==document.activeElement&&e.insertBefore(t,s),this.top.set(e,t)}#s(t,e){let i=this.x(t),s=this.y(e);if(!Number.isFinite(i)||!Number.isFinite(s))return;let o=n=>Math.round(Math.max(-E,Math.min(E,n))*10)/10;return`${o(i)},${o(s)}`}#i(t,e,i=!1){let s="",o=!1;for(let n=0;n<t.length;n++){let l=this.#s(t[n],e[n]);s+=l===void 0?"":(o?"L":"M")+l,o=l!==void 0}return s&&i?`${s}Z`:s||"M0,0"}line(t,e,i,s){this.path(t,this.#i(e,i),`line ${s}`)}fill(t,e,i,s){this.path(t,this.#i(e,i,!0),`wash ${s}`)}path(t,e,i,s={}){let o=this.#t(t,"path");for(let[n,l]of Object.entries({...s,d:e||"M0,0",class:i}))o.getAttribute(n)!==`${l}`&&o.setAttribute(n,`${l}`);return o}marks(t,e,i,s,o="circle",n=4){let l="";for(let h=0;h<e.length;h++){let a=this.x(e[h]),p=this.y(i[h]);Number.isFinite(a)&&Number.isFinite(p)&&Math.abs(a)<E&&Math.abs(p)<E&&(l+=L(o,a,p,n))}this.path(t,l,s.includes("open")?s:`mark ${s}`)}arrow(t,e,i,s){let o=this.x(e.x),n=this.y(e.y),l=this.x(i.x),h=this.y(i.y),a=Math.hypot(l-o,h-n);if(!(a>.5)||a>E)return;let p=Math.min(11,.6*a),x=(l-o)/a,f=(h-n)/a,d=v=>v.toFixed(1),[c,u]=[l-p*x,h-p*f];this.path(t,`M${d(o)},${d(n)}L${d(c)},${d(u)}`,`line ${s}`);let b=.5*p;this.path(`${t}-head`,`M${d(l)},${d(h)}L${d(c-b*f)},${d(u+b*x)}L${d(c+b*f)},${d(u-b*x)}Z`,`mark ${s}`)}text(t,e,i,s,o="",{dx:n=0,dy:l=0,anchor:h="middle"}={}){let a=this.#t(t,"text",this.over),{left:p,top:x,right:f,bottom:d}=this.area,c=6.7*s.length+6,u=h==="middle"?.5:h==="end"?1:0,b=Math.max(p+3,Math.min(f-c,this.x(e)+n-u*c)),v=Math.max(x+13,Math.min(d-5,this.y(i)+l+4));a.setAttribute("x",(b+u*c).toFixed(1)),a.setAttribute("y",v.toFixed(1)),a.setAttribute("text-anchor",h),a.setAttribute("class",`words ${o}`),a.textContent!==s&&(a.textContent=s)}label(t,e,i,s,o=""){let n=this.#t(t,"text",this.over),l=3.5*s.length+2;e=Math.max(l,Math.min(this.width-l,e));for(let[h,a]of Object.entries({x:e,y:i+4,"text-anchor":"middle",class:`words ${o}`}))n.setAttribute(h,`${a}`);n.textContent!==s&&(n.textContent=s)}tip(t,e){this.tipped??=m("text",{class:"words","aria-hidden":"true"},this.svg);let i=this.svg.getBoundingClientRect(),s=(t.clientX-i.left)*this.width/i.width;this.tipped.setAttribute("x",`${Math.max(4,Math.min(this.width-7*e.length,s+8))}`),this.tipped.setAttribute("y",`${Math.max(14,(t.clientY-i.top)*this.width/i.width-8)}`),this.tipped.textContent=e}get#r(){return this.behind??=new S(this.frame)}image(t,e,i,s=!1){this.#r.image(this.area,t,e,i,s)}paint(t){this.#r.paint(this.width,this.height,t)}grip(t,e){this.grips.place(this.#t(t,"g",this.handles),t,e)}onClick(t){this.clicked=t,this.svg.style.cursor="crosshair",this.svg.addEventListener("click",e=>{!e.target.closest(".handle")&&!this.grips.dragged&&t(this.place(e),e)})}onBrush(t){this.svg.style.cursor="crosshair";let e=!1;this.svg.addEventListener("pointerdown",i=>{i.target.closest(".handle")||i.button!==0||(e=!0,i.pointerType!=="touch"&&this.svg.setPointerCapture(i.pointerId),t(this.place(i),i))}),this.svg.addEventListener("pointermove",i=>{e&&t(this.place(i),i)});for(let i of["pointerup","pointercancel"])this.svg.addEventListener(i,()=>e=!1)}};function at(r){let t=r.match(/[\d.]+/g)?.map(Number);return t&&t.length>=3&&(t.length<4||t[3]>.5)?t:void 0}function lt(r){for(let t=r;t;t=t.parentElement){let e=at(getComputedStyle(t).backgroundColor);if(e)return .299*e[0]+.587*e[1]+.114*e[2]<128}return getComputedStyle(document.documentElement).colorScheme.includes("dark")&&matchMedia("(prefers-color-scheme: dark)").matches}function V(r){let t=()=>{let o=lt(r)?"dark":"light";r.dataset.theme!==o&&(r.dataset.theme=o)},e=()=>setTimeout(t,60),i=new MutationObserver(()=>{t(),e()});for(let o of[document.documentElement,document.body])i.observe(o,{attributeFilter:["class","style","data-theme","data-jp-theme-light","data-jp-theme-name","theme"]});let s=matchMedia("(prefers-color-scheme: dark)");return s.addEventListener("change",t),e(),t(),()=>{i.disconnect(),s.removeEventListener("change",t)}}var ht=700,pt=340;function dt(r){return{...Object.fromEntries(Object.entries(r.controls).map(([e,i])=>[e,i.first])),...r.traits}}var B=class{constructor(t,e,i){this.spec=t,this.model=e,this.first=dt(t),this.values=this.#t(),this.id=N("explorer"),this.words="",this.draws=0,this.plots=[],this.ends=[],this.root=g("section",{class:"mlpx",...w,"aria-label":ct(t.title)}),g("style",{text:G},this.root),this.controls=g("div",{class:"controls"},this.root),this.buttons=g("div",{class:"buttons",role:"group","aria-label":"Actions"},this.root),this.body=g("div",{class:"stage"},this.root),this.body.style.gridTemplateColumns=t.columns??"minmax(0, 1fr)",t.areas&&(this.body.style.gridTemplateAreas=t.areas),this.says=g("p",{class:"says","aria-hidden":"true"},this.root),this.status=g("div",{class:"hush",role:"status","aria-live":"off"},this.root);let s={label:"Reset",about:"Put everything back to where it started",press:()=>this.reset()};this.updates=[...Object.entries(t.controls).map(([o,n])=>Y(this,o,n)),...[...t.actions??[],s].map(o=>Z(this,o))],this.draw=t.scene(this),this.#s(i)}plot(t,e=""){let i=new T(this.body,t);return e&&(i.figure.style.gridArea=e),this.plots.push(i),i}#t(){let t={};for(let[e,i]of Object.entries(this.first))t[e]=this.model.get(e)??i;return t}set(t,{glide:e=!1}={}){let i=this.spec.limits?this.spec.limits({...this.values,...t}):{...this.values,...t};e&&this.glide(),this.values=i;for(let[s,o]of Object.entries(i))this.model.get(s)!==o&&this.model.set(s,o);clearTimeout(this.saving),this.saving=setTimeout(()=>this.model.save_changes(),80),this.ask()}reset(){this.onReset?.(),this.set({...this.first,...this.model.get("_initial")},{glide:!0})}glide(){this.root.classList.add("glide"),clearTimeout(this.gliding),this.gliding=setTimeout(()=>this.root.classList.remove("glide"),pt)}ask(){this.asked??=requestAnimationFrame(()=>this.show())}show(){if(this.asked=void 0,!(!this.draws&&this.root.clientWidth===0)){for(let t of this.plots)t.begin();this.words=this.draw(this.values);for(let t of this.plots)t.done();this.says.textContent!==this.words&&(this.says.textContent=this.words);for(let t of this.updates)t();this.draws++,clearTimeout(this.resting),this.resting=setTimeout(()=>this.#e(),ht)}}#e(){this.status.textContent!==this.words&&(this.status.textContent=this.words,setTimeout(()=>this.status.setAttribute("aria-live","polite")))}play(t){this.stop();let e=()=>{if(!this.root.isConnected||!t()){this.playing=void 0,this.halt?.(),this.ask();return}this.playing=requestAnimationFrame(e),this.show()};this.playing=requestAnimationFrame(e),this.ask()}stop(){this.playing!==void 0&&cancelAnimationFrame(this.playing),this.playing=void 0}#s(t){t.append(this.root),this.root.explorer=this,this.ends.push(V(this.root));let e=()=>{let s=this.#t();if(Object.keys(s).every(n=>s[n]===this.values[n]))return;Object.keys(s).some(n=>typeof s[n]!="number"&&s[n]!==this.values[n])&&this.playing===void 0&&this.glide(),this.values=s,this.ask()};for(let s of Object.keys(this.first))this.model.on(`change:${s}`,e),this.ends.push(()=>this.model.off(`change:${s}`,e));let i=new ResizeObserver(()=>{(this.plots.map(s=>s.fit()).some(Boolean)||!this.draws)&&(this.draws?this.ask():this.show())});i.observe(this.body),this.ends.push(()=>i.disconnect())}move(t,e,i=!1){this.onMove?.(t,e),this.set({[t]:e},{glide:i})}start;halt;go;lowest;onReset;onMove;highest;saving;resting;gliding;asked;playing;end(){this.stop(),this.asked!==void 0&&cancelAnimationFrame(this.asked),clearTimeout(this.resting),this.saving!==void 0&&clearTimeout(this.saving);for(let t of this.ends)t();this.root.remove()}};function ct(r){let t=new Set([...document.querySelectorAll(".mlpx")].map(i=>i.getAttribute("aria-label"))),e=r;for(let i=2;t.has(e);i++)e=`${r} (${i})`;return e}var U=r=>({spec:r,render({model:t,el:e}){let i=new B(r,t,e);return()=>i.end()}});var j=7;function ft(r){let t=$(0,1,Math.min(2*r,2**r)+1),e=t.map(o=>M(o,r)),i=$(0,1,2**(r+3)+1),s=Math.max(...i.map(o=>Math.abs(M(o,r)-_(o,t,e))));return{t,v:e,error:s}}var mt={title:"Width against depth",columns:"minmax(0, 1.5fr) minmax(0, 1fr)",areas:'"line units" "layers units"',controls:{k:z("hidden layers k",3,1,j,1,"of two units each"),look:z("look at layer",3,1,j,1,"what this layer makes of what the layers below have made")},limits:r=>({...r,look:Math.min(r.look,r.k)}),scene(r){let t=r.plot({title:"Deep, and one layer of as many units",x:{label:"x"},y:{label:"f(x)"},aspect:.45,tallest:260,legend:[["line blue","k layers of two units"],["line orange dash","one layer of 2k units"]]},"line"),e=r.plot({title:"Inside: one layer folds what the one below made",x:{label:"x"},y:{label:"value"},aspect:.36,tallest:210,legend:[["line grey dash","what comes in"],["line blue","what goes out: 1 − |2h − 1|"],["line purple dot","where it folds"]]},"layers"),i=r.plot({title:"Units for 2ᵏ pieces",x:{label:"hidden layers k",whole:!0},y:{label:"units",log:!0},aspect:1,tallest:400,legend:[["triangle mark orange","one layer: 2ᵏ units"],["circle mark blue","k layers: 2k units"]]},"units");return({k:s,look:o})=>{let n=$(0,1,2**s+1),{t:l,v:h,error:a}=ft(s);t.view([-.02,1.02],[-.08,1.08]),t.line("deep",n,n.map(c=>M(c,s)),"blue"),t.line("one",l,h,"orange dash"),e.view([-.02,1.02],[-.08,1.08]);let p=$(0,1,2**o+1),x=p.map(c=>M(c,o-1)),f=p.filter((c,u)=>u%2===1);e.line("folds",f.flatMap(c=>[c,c,NaN]),f.flatMap(()=>[0,1,NaN]),"purple dot thin"),e.line("in",p,x,"grey dash thin"),e.line("out",p,p.map(c=>M(c,o)),"blue");let d=$(1,j,j);return i.view([.6,j+.4],[1,300]),i.line("wide",d,d.map(c=>2**c),"orange thin"),i.marks("wide marks",d,d.map(c=>2**c),"orange","triangle",5),i.line("deep",d,d.map(c=>2*c),"blue thin"),i.marks("deep marks",d,d.map(c=>2*c),"blue","circle",5),i.marks("here wide",[s],[2**s],"orange open","circle",10),i.marks("here deep",[s],[2*s],"blue open","circle",10),`${s} hidden layer${s>1?"s":""} of two units: ${2*s} units make ${2**s} pieces. One hidden layer needs ${2**s} units for the same function; this broken line, which spends ${l.length-1} there, is off by up to ${k(a)}.`}}},se=U(mt);export{se as default,mt as spec};
